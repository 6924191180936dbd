using DoorAgent.Running;

namespace DoorAgent.Tests.Running;

public sealed class EndingSignalsTests
{
    [Fact]
    public void IgnoredSignalsAreReadFromTheStatusOfTheProcess()
    {
        // The status is that of a process under nohup: .NET ignores PIPE (13), and nohup ignores HUP (1).
        Assert.Equal(0x1001ul, EndingSignals.Ignored(["SigCgt:\t00000003b3881ffa", "SigIgn:\t0000000000001001"]));
        Assert.Equal(0ul, EndingSignals.Ignored([]));
    }
}
