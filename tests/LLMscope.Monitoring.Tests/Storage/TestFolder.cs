namespace LLMscope.Monitoring.Tests.Storage;

/// <summary>A folder of one test, which the user that runs the server can enter. It and everything in it goes when disposed.</summary>
internal sealed class TestFolder : IDisposable
{
    public TestFolder(string name = "llmscope-test") => Path = Directory.CreateDirectory($"/tmp/{name}-{Guid.NewGuid():N}").FullName;

    public string Path { get; }

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
