using LLMscope.Monitoring.Storage;

namespace LLMscope.Monitoring.Tests.Storage;

public sealed class DataFolderTests : IDisposable
{
    private readonly TestFolder _here = new();

    [Fact]
    public void A_new_folder_is_open_to_its_owner_alone()
    {
        using var folder = DataFolder.Open(_here.At("a/b"));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
    }

    [Fact]
    public void A_second_LLMscope_is_refused_and_told_who_has_the_folder()
    {
        using var first = DataFolder.Open(_here.Path);

        var refusal = Assert.Throws<PrivatePostgresException>(() => DataFolder.Open(_here.Path));

        Assert.Equal(PrivatePostgresFault.FolderInUse, refusal.Fault);
        Assert.Contains(_here.Path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_was_let_go_can_be_opened_again()
    {
        DataFolder.Open(_here.Path).Dispose();

        using var again = DataFolder.Open(_here.Path + "/");

        Assert.Equal(_here.Path, again.Path);
    }

    [Theory]
    [InlineData("with\"quote")]
    [InlineData("with$dollar")]
    [InlineData("with\nbreak")]
    public void A_name_that_a_shell_would_read_otherwise_is_refused(string name)
        => Assert.Throws<PrivatePostgresException>(() => DataFolder.Open(_here.At(name)));

    public void Dispose() => _here.Dispose();
}
