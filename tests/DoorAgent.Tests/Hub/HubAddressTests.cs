using DoorAgent.Hub;

namespace DoorAgent.Tests.Hub;

public sealed class HubAddressTests
{
    [Theory]
    [InlineData("nats://hub.example:4333", "hub.example", 4333)]
    [InlineData("tls://hub.example", "hub.example", 4222)]
    [InlineData("NATS://Hub.Example/", "hub.example", 4222)]
    [InlineData("nats://[fd00::1]:4222", "fd00::1", 4222)]
    [InlineData("nats://10.0.0.7", "10.0.0.7", 4222)]
    public void AnAddressIsRead(string text, string host, int port)
    {
        HubAddress address = HubAddress.Find(text)!;
        Assert.Equal(new HubAddress(host, port), address);
        Assert.Equal(address, HubAddress.Find(address.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hub")]
    [InlineData("hub:4222")]
    [InlineData("http://hub")]
    [InlineData("nats://")]
    [InlineData("nats://user:password@hub")]
    [InlineData("nats://hub/path")]
    [InlineData("nats://hub?x=1")]
    [InlineData("nats://hub:0")]
    [InlineData("nats://hub,nats://other")]
    public void AnotherTextIsNoAddress(string text) => Assert.Null(HubAddress.Find(text));

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("10.0.0.7", false)]
    [InlineData("localhost.example", false)]
    public void AHubOnThisMachineIsKnown(string host, bool isHere) => Assert.Equal(isHere, new HubAddress(host, 4222).IsHere);
}
