using DoorAgent.Hub;

namespace DoorAgent.Tests.Hub;

public sealed class HubServerTests
{
    [Theory]
    [InlineData("2.8.4", false, false, false, false)]
    [InlineData("2.9.10", true, false, false, false)]
    [InlineData("2.10.27", true, true, false, false)]
    [InlineData("v2.11.14", true, true, false, false)]
    [InlineData("2.11.15", true, true, false, true)]
    [InlineData("2.12.0-beta.1", true, true, false, false)]
    [InlineData("2.12.5", true, true, false, false)]
    [InlineData("2.12.6", true, true, false, true)]
    [InlineData("2.14.0", true, true, false, true)]
    [InlineData("2.15.1", true, true, true, true)]
    [InlineData("3.0.0", true, true, true, true)]
    public void AVersionSaysWhatTheServerCanDo(string text, bool isKnown, bool syncs, bool limits, bool isForProduction)
    {
        HubServer server = HubServer.Find(text)!;
        Assert.Equal((isKnown, syncs, limits, isForProduction),
            (server.IsKnown, server.HasSyncAlways, server.LimitsConsumers, server.IsForProduction));
        Assert.Equal(isForProduction, server.Objection is null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2.9")]
    [InlineData("2.9.x")]
    [InlineData("nats-server: v2.9.10")]
    [InlineData("99999.0.0")]
    public void AnotherTextIsNoVersion(string text) => Assert.Null(HubServer.Find(text));
}
