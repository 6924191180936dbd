using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using OpenCvSharp;

namespace DoorAgent.Tests.Liveness;

/// <summary>Tests the cues on held pictures that were drawn before, and by somebody else than, the cues were written, and were not changed
/// afterwards.</summary>
public sealed class SecondDrawingTests : IDisposable
{
    private const int FramesOfAttempt = 10, Seed = 7;

    private readonly FacePipeline _pipeline = TestNetworks.BuiltIn();

    public static TheoryData<string, bool> Attempts => [.. from person in (string[])["grace", "ivan", "lena", "mark"]
        from isPhone in (bool[])[false, true]
        select (person, isPhone)];

    [Theory]
    [MemberData(nameof(Attempts))]
    public void WithoutTheCheckTheDoorTakesTheHeldPictureForAFace(string person, bool isPhone) =>
        Assert.InRange(UsableFrames(person, isPhone).Count, 7, FramesOfAttempt);

    [Fact]
    public void TheDrawingIsTheSameEachTime()
    {
        Frame[] first = [.. Draw("grace", isPhone: true)], second = [.. Draw("grace", isPhone: true)];
        Assert.All(first.Zip(second), pair => Assert.True(pair.First.Pixels.SequenceEqual(pair.Second.Pixels)));
        Assert.False(first[0].Pixels.SequenceEqual(first[1].Pixels));
    }

    public void Dispose() => _pipeline.Dispose();

    private static IEnumerable<Frame> Draw(string person, bool isPhone)
    {
        using Mat picture = Cv2.ImRead(Path.Combine(Places.BuiltInPeople, person, "enrol-1.jpg"));
        using HeldThing thing = isPhone ? HeldThing.Phone(picture) : HeldThing.Sheet(picture);
        foreach (Frame frame in HeldScene.Frames(thing, FramesOfAttempt, Seed))
            yield return frame;
    }

    private List<LivenessFrame> UsableFrames(string person, bool isPhone)
    {
        List<LivenessFrame> usable = [];
        foreach (Frame frame in Draw(person, isPhone))
        {
            FaceReading reading = _pipeline.ReadFrame(frame, new LivenessOptions().MinFaceWidth);
            if (reading is { Problem: UnusableReason.None, Face: { } face })
                usable.Add(new LivenessFrame(frame, face));
        }

        return usable;
    }
}
