namespace DoorAgent.Tests.Support;

/// <summary>The server in a test: skips, and the server's lines in the report.</summary>
internal sealed partial class NatsServer
{
    /// <summary>Skips the test where there is no server.</summary>
    public static void Require() => Assert.SkipWhen(Program is null, Missing);

    /// <summary>Skips the test where the server is older.</summary>
    /// <param name="version">The oldest version.</param>
    /// <param name="why">What needs it, as the beginning of a sentence.</param>
    public static void Require(Version version, string why)
    {
        Require();
        Assert.SkipWhen(Version < version, $"{why} needs nats-server {version}; {Program} is {Version}");
    }

    static partial void Report(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);
}
