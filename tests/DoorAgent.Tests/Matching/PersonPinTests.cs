using System.Security.Cryptography;
using System.Text;
using DoorAgent.Matching;

namespace DoorAgent.Tests.Matching;

public sealed class PersonPinTests
{
    private const int Few = 10_000;

    private static readonly byte[] Salt = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];

    private static readonly PersonPin Both = new(Salt, Few, PersonPin.Derive("4711", Salt, Few), PersonPin.Derive("117700", Salt, Few));

    [Theory]
    [InlineData("4711", PinAnswer.Right)]
    [InlineData("117700", PinAnswer.Duress)]
    [InlineData("4712", PinAnswer.Wrong)]
    [InlineData("47110", PinAnswer.Wrong)]
    [InlineData("04711", PinAnswer.Wrong)]
    [InlineData("11770", PinAnswer.Wrong)]
    [InlineData("", PinAnswer.Wrong)]
    internal void TypedDigitsAreRightOrDuressOrWrong(string digits, PinAnswer answer) => Assert.Equal(answer, Both.Verify(digits));

    [Fact]
    public void WithoutADuressPinNoDigitsAreADuressPin()
    {
        PersonPin pin = new(Salt, Few, PersonPin.Derive("4711", Salt, Few), null);
        Assert.Equal((PinAnswer.Right, PinAnswer.Wrong), (pin.Verify("4711"), pin.Verify("117700")));
        Assert.False(pin.HasDuress);
    }

    [Theory]
    [InlineData("4711", 1)]
    [InlineData("90210876", 25)]
    public void TheDigestEqualsANaiveImplementationOfTheStandard(string digits, int iterations)
    {
        // RFC 8018, 5.2, one block: U1 = HMAC(password, salt || 1), Un = HMAC(password, Un-1), combined by exclusive or.
        byte[] key = Encoding.ASCII.GetBytes(digits), u = HMACSHA256.HashData(key, (byte[])[.. Salt, 0, 0, 0, 1]), block = [.. u];
        for (int i = 1; i < iterations; i++)
        {
            u = HMACSHA256.HashData(key, u);
            for (int j = 0; j < block.Length; j++)
                block[j] ^= u[j];
        }

        Assert.Equal(block, PersonPin.Derive(digits, Salt, iterations));
    }

    [Fact]
    public void AnotherSaltGivesAnotherDigest() =>
        Assert.NotEqual(PersonPin.Derive("4711", Salt, Few), PersonPin.Derive("4711", new byte[16], Few));

    [Fact]
    public void APinDoesNotPrintItsContent() => Assert.Equal("PIN and duress PIN", $"{Both}");
}
