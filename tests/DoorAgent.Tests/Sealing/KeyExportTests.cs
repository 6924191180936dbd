using DoorAgent.Sealing;

namespace DoorAgent.Tests.Sealing;

public sealed class KeyExportTests
{
    private const string Phrase = "correct horse battery ü";

    // Made with Python's hashlib and cryptography, with the secret 00 01 ... 1f.
    private const string OfAnotherProgram = """
        # A comment.
        dooragent-key-export-1 7631f0979f499784
        1011 1213 1415 1617 1819 1a1b 1c1d 1e1f =fc2e
        6465 6667 6869 6a6b 6c6d 6e6f e537 2bc1 =41d9

        5a22 c506 9674 411b 7e9c 6e24 e7a3 ef44 =b45e
        1E34 734D 6542 DEB4 3cd9 1408ef88395c = 0422
          d2f4 de1e b845 4b64 24ec 929e =5079
        """;

    [Fact]
    public void AnExportIsReadWithItsPassphrase()
    {
        DoorKey key = DoorKey.Generate();
        string text = KeyExport.Write(key, Phrase);
        Assert.True(KeyExport.IsExport(text));
        Assert.Equal(key.Id, KeyExport.IdOf(text));
        Assert.Equal(key.RevealBytes(), KeyExport.Read(text, Phrase).RevealBytes());
        Assert.DoesNotContain(Convert.ToHexStringLower(key.RevealBytes())[..8], text.Replace(" ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.NotEqual(text, KeyExport.Write(key, Phrase));
    }

    [Fact]
    public void AnExportOfAnotherProgramIsRead() =>
        Assert.Equal(Enumerable.Range(0, DoorKey.Length).Select(value => (byte)value), KeyExport.Read(OfAnotherProgram, Phrase).RevealBytes());

    [Fact]
    public void AnotherPassphraseIsRefusedAndNamed() => Assert.Contains("passphrase does not open",
        Assert.Throws<UserErrorException>(() => KeyExport.Read(OfAnotherProgram, Phrase + " ")).Message, StringComparison.Ordinal);

    [Fact]
    public void AShortPassphraseIsRefused() => Assert.Contains("11 characters",
        Assert.Throws<UserErrorException>(() => KeyExport.Write(DoorKey.Generate(), "elevensigns")).Message, StringComparison.Ordinal);

    [Fact]
    public void ATypingMistakeIsFoundInItsLine() => Assert.Contains("Line 3", Assert.Throws<UserErrorException>(
        () => KeyExport.Read(OfAnotherProgram.Replace("9674", "9647", StringComparison.Ordinal), Phrase)).Message, StringComparison.Ordinal);

    [Fact]
    public void EveryChangedDigitIsFound() => Assert.All(
        Enumerable.Range(0, OfAnotherProgram.Length).Where(at => at > OfAnotherProgram.IndexOf("1011", StringComparison.Ordinal)
            && char.IsAsciiHexDigit(OfAnotherProgram[at])), at =>
        {
            char other = OfAnotherProgram[at] == '0' ? '1' : '0';
            string changed = OfAnotherProgram.Remove(at, 1).Insert(at, other.ToString());
            Assert.Throws<UserErrorException>(() => KeyExport.BytesOf(changed));
        });

    [Theory]
    [InlineData("")]
    [InlineData("dooragent-key-export-2 7631f0979f499784")]
    [InlineData("dooragent-key-export-1")]
    [InlineData("dooragent-key-export-1 7631")]
    [InlineData("dooragent-key-export-1 7631f0979f499784\nxyz")]
    [InlineData("dooragent-key-export-1 7631f0979f499784\n6465 6667 6869 6a6b 6c6d 6e6f e537 2bc1 =41d9")]
    public void WhatIsNoExportIsRefused(string text) => Assert.Throws<UserErrorException>(() => KeyExport.Read(text, Phrase));
}
