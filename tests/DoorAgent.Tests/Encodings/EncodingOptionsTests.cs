using DoorAgent.Encodings;
using DoorAgent.Networks;

namespace DoorAgent.Tests.Encodings;

public sealed class EncodingOptionsTests
{
    [Theory]
    [InlineData("off", FlipUse.Off)]
    [InlineData("enrolment", FlipUse.Enrolment)]
    [InlineData("both", FlipUse.Both)]
    internal void EachUseOfMirrorImagesHasAWord(string word, FlipUse use) =>
        Assert.Equal(use, new EncodingOptions { Flip = word }.FlipUse);

    [Fact]
    public void WithoutASettingNoEncodingIncludesTheMirrorImage() => Assert.Equal(FlipUse.Off, new EncodingOptions().FlipUse);
}
