namespace LLMscope.Service.Tests.Deploy;

/// <summary>The files that an operator takes as they are.</summary>
internal static class DeployFolder
{
    public static string PathOf(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LLMscope.sln")))
            folder = folder.Parent;

        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run inside the repository."), "deploy", name);
    }
}
