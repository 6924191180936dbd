using DoorAgent.Hardware.Settings;
using DoorAgent.Link.Webhooks;

namespace DoorAgent.Tests.Link.Webhooks;

public sealed class WebhookOptionsTests
{
    [Theory]
    [InlineData("https://example.org/hooks/4711?key=a")]
    [InlineData("http://127.0.0.1:8080/")]
    [InlineData("http://localhost/")]
    [InlineData("http://192.168.1.7/hook")]
    [InlineData("http://10.0.0.7/hook")]
    [InlineData("http://172.31.0.7/hook")]
    [InlineData("http://[fd00::7]/hook")]
    [InlineData("http://[::1]/hook")]
    public void AnEncryptedAddressOrANearOneIsAccepted(string url)
    {
        WebhookOptions options = new() { Url = url };
        Assert.Empty(OptionErrors.Of(options));
        Assert.Equal(new Uri(url), options.Address);
    }

    [Theory]
    [InlineData("http://example.org/hook")]
    [InlineData("http://8.8.8.8/hook")]
    [InlineData("http://172.32.0.7/hook")]
    [InlineData("http://[2001:db8::1]/hook")]
    [InlineData("http://[::ffff:8.8.8.8]/hook")]
    [InlineData("https://user:secret@example.org/hook")]
    [InlineData("ftp://example.org/hook")]
    [InlineData("example.org/hook")]
    [InlineData("file:///etc/passwd")]
    public void AnotherAddressIsRefusedAndItsEndNotShown(string url)
    {
        string error = Assert.Single(OptionErrors.Of(new WebhookOptions { Url = url }));
        Assert.StartsWith("Webhook:Url", error, StringComparison.Ordinal);
        Assert.DoesNotContain(url, error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAnAddressNothingIsSent() => Assert.Null(new WebhookOptions().Address);

    [Fact]
    public void ASummaryHasATimeOfTheDay() =>
        Assert.StartsWith("Webhook:SummaryAt", Assert.Single(OptionErrors.Of(new WebhookOptions { SummaryAt = "25:00" })),
            StringComparison.Ordinal);

    [Fact]
    public void AnAuthorityWithoutEncryptionIsAMistake() => Assert.StartsWith("Webhook:CaFile",
        Assert.Single(OptionErrors.Of(new WebhookOptions { Url = "http://127.0.0.1/", CaFile = "/etc/ca.pem" })), StringComparison.Ordinal);
}
