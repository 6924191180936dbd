using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Storage;
using DoorAgent.Tests.Faces;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Enrolment;

/// <summary>Pictures from a camera, with the built-in networks and people, on a fake clock.</summary>
public sealed class LivePicturesTests : IDisposable
{
    private readonly FacePipeline _pipeline = TestNetworks.BuiltIn();
    private readonly FakeTimeProvider _time = new();
    private readonly LiveSelection _selection = new([], samePerson: 0.9f);
    private readonly List<LiveFinding> _told = [];
    private readonly List<TimeSpan> _left = [];
    private CancellationToken _stop = TestContext.Current.CancellationToken;

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public async Task APersonWhoWalksUpGivesFiveDifferentPictures()
    {
        string[] files = [.. Files("mark/door-1"), .. Files("mark/door-2")];
        LivePictures pictures = await TakeAsync((i, frame) => Show(frame, files[i % files.Length]));
        Assert.Equal(["picture 1", "picture 2", "picture 3", "picture 4", "picture 5"], pictures.Names);
        FaceEncoding[] taken = [.. pictures.Names.Select(name => pictures.Read(name).Face.Encoding!)];
        for (int i = 0; i < taken.Length; i++)
            Assert.All(taken[..i], before => Assert.InRange(before.DistanceTo(taken[i]), LiveSelection.LeastDifference, 0.9f));
        Assert.Equal(5, pictures.Names.Select(name => Convert.ToHexString(pictures.Read(name).Digest)).Distinct().Count());
    }

    [Fact]
    public async Task EveryFrameHasItsFinding()
    {
        string[] nora = Files("nora/door-1"), adam = Files("adam/door-1");
        await TakeAsync((i, frame) =>
        {
            Show(frame, i == 7 ? adam[0] : nora[i % 5]);
            Face face = _pipeline.ReadFrame(frame).Face!.Value;
            switch (i)
            {
                case 1:
                    frame.Darken(0.1);
                    break;
                case 2:
                    frame.Blur(face, 0.06);
                    break;
                case 3:
                    frame.Resize(0.4);
                    break;
                case 4:
                    frame.Pixels.Fill(128);
                    break;
            }

            return i == 6 ? CaptureStatus.Lost : CaptureStatus.Captured;
        }, seconds: 0.85);
        Assert.Equal(
            "Kept TooDark Blurred TooSmall NoFace TooSimilar NotAPicture AnotherPerson",
            string.Join(' ', _told.Select(finding => finding.Verdict == PictureVerdict.Unusable ? $"{finding.Problem}"
                : $"{finding.Verdict}")));
        Assert.Equal("the camera is not there", _told[6].Words);
    }

    [Fact]
    public async Task APersonWhoStandsStillIsTakenOnceUntilTheTimeIsOver()
    {
        LivePictures pictures = await TakeAsync((_, frame) => Show(frame, Files("nora/door-1")[0]), seconds: 3);
        Assert.Equal(["picture 1"], pictures.Names);
        Assert.Equal(TimeSpan.FromSeconds(3), _time.GetUtcNow() - _time.Start);
        Assert.StartsWith("too similar to an earlier picture (29 of 29 frames not taken): turn your head a little to the left",
            _selection.MainProblem, StringComparison.Ordinal);
        Assert.Equal([.. _left.OrderDescending()], _left);
    }

    [Fact]
    public async Task ACameraWithoutFramesIsGivenUpBeforeTheDeadline()
    {
        Assert.Empty((await TakeAsync((_, _) => CaptureStatus.Lost, seconds: 60)).Names);
        Assert.Equal(TimeSpan.FromSeconds(10), _time.GetUtcNow() - _time.Start);
    }

    [Fact]
    public async Task CancellationTakesNoPictures()
    {
        using CancellationTokenSource stop = new();
        _stop = stop.Token;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TakeAsync((_, frame) =>
        {
            stop.Cancel();
            return Show(frame, Files("nora/door-1")[0]);
        }));
    }

    [Fact]
    public async Task TheFirstAndTheLastPictureAreJudgedForLiveness()
    {
        string[] files = [.. Files("mark/door-1"), .. Files("mark/door-2")];
        List<string> kept = [];
        LivePictures pictures = await TakeAsync((i, frame) =>
        {
            // The finding of the frame before is known when the next is read.
            if (i > 0 && _told[^1].Verdict == PictureVerdict.Kept)
                kept.Add(files[(i - 1) % files.Length]);
            return Show(frame, files[i % files.Length]);
        });
        MadeLiveness networks = new() { Score = -3 };
        using LivenessCheck check = networks.Check();
        Assert.Equal(SpoofSign.Score, pictures.JudgeLiveness(check)!.Value.Sign);
        Frame first = new();
        Show(first, kept[0]);
        check.Judge([new LivenessFrame(first, pictures.Read("picture 1").Face.Face!.Value)]);
        Assert.Equal(networks.Crops[0], networks.Crops[2]);
        Assert.Equal(5, pictures.Names.Count);
        Show(first, files[(_told.Count - 1) % files.Length]);
        check.Judge([new LivenessFrame(first, pictures.Read("picture 5").Face.Face!.Value)]);
        Assert.Equal(networks.Crops[1], networks.Crops[4]);
        Assert.NotEqual(networks.Crops[0], networks.Crops[1]);
    }

    [Fact]
    public async Task WithoutLivenessOrPicturesNothingIsJudged()
    {
        MadeLiveness networks = new() { Score = -3 };
        LivePictures none = await TakeAsync((_, _) => CaptureStatus.Lost, seconds: 1);
        using LivenessCheck check = networks.Check(), off = networks.Check(new LivenessOptions { Mode = LivenessOptions.Off });
        Assert.Null(none.JudgeLiveness(check));
        LivePictures one = await TakeAsync((_, frame) => Show(frame, Files("nora/door-1")[0]), seconds: 1);
        Assert.Null(one.JudgeLiveness(off));
        Assert.Empty(networks.Crops);
        Assert.False(one.JudgeLiveness(check)!.Value.IsLive);
    }

    private async Task<LivePictures> TakeAsync(Func<int, Frame, CaptureStatus> fill, double seconds = 20)
    {
        LivePictures pictures = new(frame => _pipeline.ReadFrame(frame), _time);
        using ListedCamera camera = new(_time, fill);
        await pictures.TakeAsync(camera, _selection, 5, TimeSpan.FromSeconds(seconds), new Teller(this), _stop);
        return pictures;
    }

    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(Path.Combine(Places.BuiltInPeople, folder)).Order(StringComparer.Ordinal)];

    private static CaptureStatus Show(Frame frame, string file)
    {
        PictureFile.Read(file, frame);
        return CaptureStatus.Captured;
    }

    private sealed class Teller(LivePicturesTests test) : IProgress<(LiveFinding Finding, TimeSpan Left)>
    {
        public void Report((LiveFinding Finding, TimeSpan Left) value)
        {
            test._told.Add(value.Finding);
            test._left.Add(value.Left);
        }
    }
}
