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
    private const int FramesOfAttempt = 10, FramesOfWindow = 5, Seed = 7, BeforeTheWall = 220, BeforeTheGateway = 499;

    private readonly FacePipeline _pipeline = TestNetworks.BuiltIn();

    public static TheoryData<string, bool> Attempts => new()
    {
        { "grace", false },
        { "ivan", false },
        { "lena", true },
        { "mark", true },
    };

    [Theory]
    [MemberData(nameof(Attempts))]
    public void WithoutTheCheckTheDoorTakesTheHeldPictureForAFace(string person, bool isPhone) =>
        Assert.InRange(Usable(Held(person, isPhone)).Count, 7, FramesOfAttempt);

    [Theory]
    [MemberData(nameof(Attempts))]
    public void StraightEdgesAloneDenyTheHeldPicture(string person, bool isPhone) =>
        Assert.All(Windows(Held(person, isPhone)), window => Assert.Equal(SpoofSign.Edges, Judge(window, new() { MotionCue = false })));

    [Theory]
    [InlineData("grace", "door-1", BeforeTheWall)]
    [InlineData("ivan", "door-2", BeforeTheWall)]
    [InlineData("lena", "door-1", BeforeTheGateway)]
    [InlineData("mark", "door-2", BeforeTheGateway)]
    public void APersonInTheSameCourtyardPasses(string person, string visit, int x) =>
        Assert.All(Windows(Standing(person, visit, x)), window => Assert.Equal(SpoofSign.None, Judge(window, new())));

    [Fact]
    public void TheDrawingIsTheSameEachTime()
    {
        Frame[] first = [.. Held("grace", isPhone: true)], second = [.. Held("grace", isPhone: true)];
        Assert.All(first.Zip(second), pair => Assert.True(pair.First.Pixels.SequenceEqual(pair.Second.Pixels)));
        Assert.False(first[0].Pixels.SequenceEqual(first[1].Pixels));
    }

    public void Dispose() => _pipeline.Dispose();

    private static Frame[] Held(string person, bool isPhone)
    {
        using Mat picture = Cv2.ImRead(Path.Combine(Places.BuiltInPeople, person, "enrol-1.jpg"));
        using HeldThing thing = isPhone ? HeldThing.Phone(picture) : HeldThing.Sheet(picture);
        return [.. CourtyardScene.Held(thing, FramesOfAttempt, Seed)];
    }

    private static Frame[] Standing(string person, string visit, int x)
    {
        Mat[] pictures = [.. Directory.EnumerateFiles(Path.Combine(Places.BuiltInPeople, person, visit)).Order(StringComparer.Ordinal)
            .Select(file => Cv2.ImRead(file))];
        Frame[] frames = [.. CourtyardScene.Standing(pictures, x, Seed)];
        Array.ForEach(pictures, picture => picture.Dispose());
        return frames;
    }

    private static SpoofSign Judge(IReadOnlyList<LivenessFrame> window, LivenessOptions options)
    {
        options.Mode = LivenessOptions.Cues;
        using LivenessCheck check = new(networks: null, options);
        return check.Judge(window).Sign;
    }

    /// <summary>The usable frames in windows as the door sees them, from the first and to the last.</summary>
    private LivenessFrame[][] Windows(IEnumerable<Frame> frames)
    {
        List<LivenessFrame> usable = Usable(frames);
        return [[.. usable.Take(FramesOfWindow)], [.. usable.TakeLast(FramesOfWindow)]];
    }

    private List<LivenessFrame> Usable(IEnumerable<Frame> frames)
    {
        List<LivenessFrame> usable = [];
        foreach (Frame frame in frames)
        {
            FaceReading reading = _pipeline.ReadFrame(frame, new LivenessOptions().MinFaceWidth);
            if (reading is { Problem: UnusableReason.None, Face: { } face })
                usable.Add(new LivenessFrame(frame, face));
        }

        return usable;
    }
}
