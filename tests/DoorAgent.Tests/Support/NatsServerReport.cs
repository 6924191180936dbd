namespace DoorAgent.Tests.Support;

/// <summary>The server in a test: skips, and the server's lines in the report.</summary>
internal sealed partial class NatsServer
{
    /// <summary>Skips the test where there is no server.</summary>
    public static void Require() => Assert.SkipWhen(Program is null, Missing);

    static partial void Report(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);
}
