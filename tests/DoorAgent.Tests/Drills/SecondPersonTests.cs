using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Simulation;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Drills;

/// <summary>A stranger stands near adam, who has his badge, and wants to come in with him.</summary>
public sealed class SecondPersonTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    [Slow]
    [Fact]
    public async Task AStrangerBesideAdamIsASecondFace() => Assert.Equal("Denied SeveralFaces", await DecisionAsync(halvings: 0));

    /// <summary>A face of a quarter of the area is farther behind than Faces:SecondFaceRatio asks about: nobody sees who follows.</summary>
    [Slow]
    [Fact]
    public async Task AStrangerFarBehindAdamIsNotSeen() => Assert.Equal("Granted adam", await DecisionAsync(halvings: 1));

    private async Task<string?> DecisionAsync(int halvings)
    {
        using TempFolder folder = new();
        foreach (string file in PictureFile.In(Path.Combine(Places.BuiltInPeople, "adam/door-1")))
        {
            Frame stranger = Read(Path.Combine("stranger-2/door-1", Path.GetFileName(file)));
            for (int i = 0; i < halvings; i++)
            {
                Frame half = new();
                FrameHalver.Halve(stranger, half);
                stranger = half;
            }

            Frame both = new();
            FramePainting.PaintSideBySide(Read(file), stranger, both);
            File.WriteAllBytes(folder.File(Path.GetFileNameWithoutExtension(file) + ".png"), PictureFile.ToPng(both));
        }

        await using DoorAtWork door = new(people);
        door.Show(folder.Path);
        await door.PassAsync(0.5);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(11);
        return door.Decision;
    }

    private static Frame Read(string relative)
    {
        Frame frame = new();
        PictureFile.Read(Path.Combine(Places.BuiltInPeople, relative), frame);
        return frame;
    }
}
