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
