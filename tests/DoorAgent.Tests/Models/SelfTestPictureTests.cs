using DoorAgent.Hardware.Cameras;
using DoorAgent.Models;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Models;

public sealed class SelfTestPictureTests
{
    private static readonly string Shipped = Path.Combine(Places.BuiltIn, "proof", "adam-1.ppm");

    // Decoders of JPEG differ by a step or two through rounding.
    [Theory]
    [InlineData("adam", 1)]
    [InlineData("adam", 2)]
    [InlineData("nora", 1)]
    [InlineData("nora", 2)]
    public void TheSelfTestPictureIsTheDecodedPictureOfTheBuiltInPerson(string person, int number)
    {
        Frame proof = new(), picture = new();
        SelfTestPicture.Read(person, number, proof);
        PictureFile.Read(Path.Combine(Places.BuiltInPeople, person, $"enrol-{number}.jpg"), picture);
        Assert.Equal((picture.Width, picture.Height), (proof.Width, proof.Height));
        byte[] expected = picture.Pixels.ToArray(), actual = proof.Pixels.ToArray();
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.First - pair.Second, -2, 2));
    }

    [Fact]
    public void AMissingOrIncompletePictureIsRefused()
    {
        using TempFolder folder = new();
        byte[] whole = File.ReadAllBytes(Shipped);
        string cut = Path.Combine(folder.Path, "cut.ppm"), other = Path.Combine(folder.Path, "other.ppm");
        File.WriteAllBytes(cut, whole[..1000]);
        File.WriteAllBytes(other, [(byte)'Q', .. whole[1..]]);
        Assert.All(new[] { cut, other, Path.Combine(folder.Path, "none.ppm") }, path =>
            Assert.Contains("Install dooragent again",
                Assert.Throws<UserErrorException>(() => SelfTestPicture.Read(path, new Frame())).Message, StringComparison.Ordinal));
    }
}
