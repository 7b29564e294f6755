using LLMscope.Tests;

namespace LLMscope.Host.Tests;

/// <summary>A stand-in for nvidia-smi is a shell script.</summary>
public sealed class NvidiaSmiTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_asked_for_what_is_read()
    {
        _folder.WriteProgram("nvidia-smi", """
            [ "$1" = "--query-gpu=index,name,utilization.gpu,memory.used,memory.total,temperature.gpu,power.draw" ] || exit 2
            [ "$2" = "--format=csv,noheader,nounits" ] || exit 3
            echo "0, NVIDIA L4, 12, 100, 23034, 40, 20.5"
            """);
        var smi = Assert.IsType<NvidiaSmi>(NvidiaSmi.Find($"/nowhere{Path.PathSeparator}{_folder.Path}", _clock));

        var (gpus, problem) = await smi.ReadAsync(Cancellation);

        Assert.Null(problem);
        Assert.Equal(0.12, Assert.Single(gpus).Utilization);
    }

    [Fact]
    public void Where_the_search_path_has_none_there_is_none()
    {
        Assert.Null(NvidiaSmi.Find(_folder.Path, _clock));
        Assert.Null(NvidiaSmi.Find(null, _clock));
    }

    [Fact]
    public async Task A_call_that_fails_says_why()
    {
        var program = _folder.WriteProgram("nvidia-smi", "echo 'NVIDIA-SMI has failed'; echo 'no driver' >&2; exit 9\n");

        var (gpus, problem) = await new NvidiaSmi(program, _clock).ReadAsync(Cancellation);

        Assert.Empty(gpus);
        Assert.Equal("nvidia-smi ended with 9: NVIDIA-SMI has failed no driver", problem);
    }

    [Fact]
    public async Task A_call_that_hangs_is_given_up_and_ended()
    {
        var program = _folder.WriteProgram("nvidia-smi", "exec sleep 600\n");

        var reading = new NvidiaSmi(program, _clock).ReadAsync(Cancellation);
        Assert.False(reading.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("nvidia-smi did not answer within 10 s.", (await reading).Problem);
    }

    [Fact]
    public async Task A_program_that_cannot_be_started_is_a_problem_and_no_fault()
    {
        var (gpus, problem) = await new NvidiaSmi(Path.Combine(_folder.Path, "gone"), _clock).ReadAsync(Cancellation);

        Assert.Empty(gpus);
        Assert.StartsWith("nvidia-smi does not start: ", problem, StringComparison.Ordinal);
    }
}
