using System.Text;
using DoorAgent.Link.Webhooks;

namespace DoorAgent.Tests.Link.Webhooks;

public sealed class WebhookSignatureTests
{
    /// <summary>The values of the published libraries' own tests.</summary>
    [Fact]
    public void TheSignatureIsThatOfTheSpecification()
    {
        WebhookSignature signature = WebhookSignature.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            signature.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "{\"test\": 2432232314}"u8));
    }

    [Fact]
    public void EachOfIdTimeAndBodyIsSigned()
    {
        WebhookSignature signature = WebhookSignature.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        string[] signatures =
        [
            signature.Sign("a", "1", "b"u8), signature.Sign("b", "1", "b"u8), signature.Sign("a", "2", "b"u8),
                signature.Sign("a", "1", "c"u8),
        ];
        Assert.Equal(4, signatures.Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not base64 at all, and rather long for a secret")]
    public void AnotherTextIsRefusedAndNotShown(string text)
    {
        string why = Assert.Throws<UserErrorException>(() => WebhookSignature.Parse(text)).Message;
        Assert.Contains("openssl rand -base64 32", why, StringComparison.Ordinal);
        if (text.Length > 6)
            Assert.DoesNotContain(text, why, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSecretIsNotPrinted() => Assert.Equal("whsec_...",
        WebhookSignature.Parse("whsec_" + Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('a', 32)))).ToString());
}
