using DoorAgent.Commands.Output;

namespace DoorAgent.Tests.Commands.Output;

public sealed class TerminalQrCodeTests
{
    [Fact]
    public void TheQrCodeOfAnAddressFitsATerminal()
    {
        string[] lines = TerminalQrCode.Of("https://192.168.100.100:8443/#12345678").Split('\n');
        Assert.InRange(lines.Length, 10, 24);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 79));
    }
}
