using DoorAgent.Hardware.Settings;
using DoorAgent.Link.Mail;

namespace DoorAgent.Tests.Link.Mail;

public sealed class MailOptionsTests
{
    private static MailOptions Complete => new() { Server = "smtp.example.org", From = "door@example.org", To = ["anna@example.org"] };

    [Fact]
    public void WithoutAServerNothingIsSentAndNothingElseIsNeeded()
    {
        Assert.Empty(OptionErrors.Of(new MailOptions()));
        Assert.False(new MailOptions().IsOn);
        Assert.Empty(OptionErrors.Of(Complete));
    }

    [Fact]
    public void ThePortFollowsTheEncryption() => Assert.Equal([587, 465, 25],
        new[] { MailSecurity.StartTls, MailSecurity.Tls, MailSecurity.None }.Select(security =>
            new MailOptions { Security = security }.UsedPort));

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("192.168.1.7", false)]
    [InlineData("smtp.example.org", false)]
    public void OnlyAServerOnThisMachineMayBeWithoutEncryption(string server, bool isValid)
    {
        MailOptions options = Complete;
        (options.Server, options.Security) = (server, MailSecurity.None);
        Assert.Equal(isValid, OptionErrors.Of(options).Count == 0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("door")]
    [InlineData("door@example.org\r\nBcc: all@example.org")]
    public void TheSenderIsAnAddress(string? from)
    {
        MailOptions options = Complete;
        options.From = from;
        Assert.StartsWith("Mail:From", Assert.Single(OptionErrors.Of(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void ThereAreOneToTwentyRecipients()
    {
        MailOptions options = Complete;
        options.To = [];
        Assert.StartsWith("Mail:To", Assert.Single(OptionErrors.Of(options)), StringComparison.Ordinal);
        options.To = [.. Enumerable.Repeat("anna@example.org", 21)];
        Assert.StartsWith("Mail:To", Assert.Single(OptionErrors.Of(options)), StringComparison.Ordinal);
        options.To = ["anna@example.org", "nobody"];
        Assert.StartsWith("Mail:To", Assert.Single(OptionErrors.Of(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void APortBelongsIntoItsOwnSetting()
    {
        MailOptions options = Complete;
        options.Server = "smtp.example.org:587";
        Assert.StartsWith("Mail:Server", Assert.Single(OptionErrors.Of(options)), StringComparison.Ordinal);
    }
}
