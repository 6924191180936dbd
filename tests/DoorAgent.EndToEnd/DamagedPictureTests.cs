namespace DoorAgent.EndToEnd;

public sealed class DamagedPictureTests
{
    [Slow]
    [Fact]
    public void ADamagedPictureIsReportedWithoutMessagesOfTheImageLibraries()
    {
        using Door door = new();
        string pictures = Directory.CreateDirectory(Path.Combine(door.Data, "pictures")).FullName;
        // The PNG has a wrong checksum at its only block of pixels, and the JPEG has garbage in its pixels.
        byte[] png = [137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 100, 0, 0, 0, 100, 8, 2, 0, 0, 0, 255,
            128, 2, 3, 0, 0, 0, 4, 73, 68, 65, 84, 1, 2, 3, 4, 5, 6, 7, 8];
        File.WriteAllBytes(Path.Combine(pictures, "cut.png"), png);
        byte[] jpeg = File.ReadAllBytes(Path.Combine(Door.Picture("adam"), "enrol-1.jpg"));
        jpeg.AsSpan(jpeg.Length / 2, 64).Fill(0x55);
        jpeg[jpeg.Length / 2 + 20] = 0xFF;
        jpeg[jpeg.Length / 2 + 21] = 0xD7;
        File.WriteAllBytes(Path.Combine(pictures, "rubbish.jpg"), jpeg);
        (int exitCode, string said) = door.Run("people", "add", "adam", "--images", pictures);
        Assert.Contains("cut.png: the picture is damaged or truncated", said, StringComparison.Ordinal);
        Assert.DoesNotContain("libpng", said, StringComparison.Ordinal);
        Assert.DoesNotContain("JPEG data", said, StringComparison.Ordinal);
        Assert.InRange(exitCode, 0, 2);
    }
}
