using DoorAgent.Hardware.Settings;
using DoorAgent.Link.Mqtt;

namespace DoorAgent.Tests.Link.Mqtt;

public sealed class MqttOptionsTests
{
    [Theory]
    [InlineData("broker", "mqtt://broker:1883")]
    [InlineData("broker:1884", "mqtt://broker:1884")]
    [InlineData("mqtt://192.168.1.5", "mqtt://192.168.1.5:1883")]
    [InlineData("mqtts://broker.lan", "mqtts://broker.lan:8883")]
    [InlineData("mqtts://broker.lan:9000/", "mqtts://broker.lan:9000")]
    [InlineData("mqtts://[fd00::5]:8883", "mqtts://[fd00::5]:8883")]
    public void ABrokerIsReadWithItsPort(string text, string address) => Assert.Equal(address, BrokerAddress.Find(text)?.ToString());

    [Theory]
    [InlineData("http://broker")]
    [InlineData("ws://broker")]
    [InlineData("mqtt://user:secret@broker")]
    [InlineData("mqtt://broker/path")]
    [InlineData("mqtt://broker?x=1")]
    [InlineData("broker:0")]
    [InlineData("broker:70000")]
    [InlineData("two words")]
    [InlineData("mqtt://")]
    public void AnotherTextIsNoBroker(string text)
    {
        Assert.Null(BrokerAddress.Find(text));
        Assert.Contains("Mqtt:Broker is", Assert.Single(ErrorsOf(new() { Broker = text })), StringComparison.Ordinal);
    }

    [Fact]
    public void APasswordInTheAddressIsInNoMessage() =>
        Assert.DoesNotContain("secret", Assert.Single(ErrorsOf(new() { Broker = "mqtt://user:secret@broker" })), StringComparison.Ordinal);

    [Fact]
    public void WithoutABrokerNothingIsWrong() => Assert.Empty(ErrorsOf(new()));

    [Theory]
    [InlineData("broker", true)]
    [InlineData("mqtt://192.168.1.5", true)]
    [InlineData("mqtts://192.168.1.5", false)]
    [InlineData("localhost:1883", false)]
    [InlineData("127.0.0.1", false)]
    public void CodesDoNotCrossTheNetworkInClear(string broker, bool isRefused) =>
        Assert.Equal(isRefused, ErrorsOf(new() { Broker = broker, Unlock = true }).Any());

    [Theory]
    [InlineData("dooragent/d17/duress")]
    [InlineData("homeassistant/duress")]
    [InlineData("alarm/#")]
    [InlineData("alarm/+/duress")]
    [InlineData("")]
    public void ADuressIsPublishedOutsideOfWhatTheHouseReads(string topic) => Assert.NotEmpty(ErrorsOf(new() { DuressTopic = topic }));

    [Fact]
    public void ADuressMayHaveATopicOfItsOwn() => Assert.Empty(ErrorsOf(new() { DuressTopic = "guards/d17" }));

    [Theory]
    [InlineData("home/+")]
    [InlineData("/home")]
    [InlineData("home/")]
    [InlineData("#")]
    [InlineData("a b")]
    [InlineData("homeassistant/doors")]
    public void APrefixHasNoPlaceholderAndIsNotHomeAssistants(string prefix) => Assert.NotEmpty(ErrorsOf(new() { TopicPrefix = prefix }));

    [Fact]
    public void AnAuthorityWithoutEncryptionIsAnError() =>
        Assert.Contains("mqtts://", Assert.Single(ErrorsOf(new() { Broker = "broker", CaFile = "ca.pem" })), StringComparison.Ordinal);

    private static IReadOnlyList<string> ErrorsOf(MqttOptions options) => OptionErrors.Of(options);
}
