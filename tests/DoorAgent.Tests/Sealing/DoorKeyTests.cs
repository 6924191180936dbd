using DoorAgent.Sealing;

namespace DoorAgent.Tests.Sealing;

public sealed class DoorKeyTests
{
    [Fact]
    public void AKeyIsReadFromTheTextThatItReveals()
    {
        DoorKey key = DoorKey.Generate();
        Assert.Equal(key.Id, DoorKey.Parse(key.Reveal())?.Id);
        Assert.Equal(16, key.Id.Length);
    }

    // Computed with openssl kdf (HKDF, PBKDF2) and with Python's cryptography.
    [Fact]
    public void KeysAreDerivedAsOtherProgramsDeriveThem()
    {
        DoorKey key = DoorKey.Of([.. Enumerable.Range(0, DoorKey.Length).Select(value => (byte)value)]);
        Assert.Equal("7631f0979f499784", key.Id);
        Assert.Equal("844b96d9fe0e6f9331bddd8154867f808ed13ee4e571af86e73e5138c3c3fc65", Convert.ToHexStringLower(key.Derive("gallery")));
        DoorKey ofPassphrase = Passphrase.KeyOf("correct horse battery", Convert.FromHexString("000102030405060708090a0b0c0d0e0f"));
        Assert.Equal("bb06c8c0b1dd5bfd4e40f4e297a2d0e64da7ef94b4b8ec20989021c8b41536ad", Convert.ToHexStringLower(ofPassphrase.RevealBytes()));
        Assert.Equal("cb39b05ecd06e9154c30baf20da014cb522cb619dbbaedba3b560e2bdb4f52a1",
            Convert.ToHexStringLower(ofPassphrase.Derive("key export")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("dooragent-key-1")]
    [InlineData("dooragent-key-1 00")]
    [InlineData("dooragent-key-2 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    [InlineData("dooragent-key-1 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1eXX")]
    public void OtherTextIsNotAKey(string text) => Assert.Null(DoorKey.Parse(text));

    [Fact]
    public void PurposesHaveKeysOfTheirOwnAndTheTextForPeopleContainsNoSecret()
    {
        DoorKey key = DoorKey.Generate();
        Assert.NotEqual(key.Derive("gallery"), key.Derive("badge"));
        Assert.Equal(key.Derive("gallery"), DoorKey.Parse(key.Reveal())!.Derive("gallery"));
        Assert.Equal($"key {key.Id}", key.ToString());
    }
}
