using DoorAgent.Commands.Camera;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Commands.Camera;

/// <summary>Enrolment by camera refuses a picture of a person, in front of built-in people and liveness networks whose answer the test
/// sets.</summary>
[Collection(nameof(WholeConsole))]
public sealed class EnrolmentLivenessTests : IDisposable
{
    private readonly FacePipeline _pipeline = TestNetworks.BuiltIn();
    private readonly MadeLiveness _networks = new();

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public async Task APersonIsTakenWithoutAWord()
    {
        using WholeConsole console = new();
        using EnrolmentLiveness liveness = Liveness();
        liveness.RequirePerson(await TakenAsync(liveness));
        Assert.Equal("", console.Out);
    }

    [Fact]
    public async Task APictureIsRefusedWithItsScoreAndTheWayOut()
    {
        _networks.Score = -3.2f;
        using EnrolmentLiveness liveness = Liveness();
        LivePictures taken = await TakenAsync(liveness);
        Assert.Equal("This seems to be a picture or a screen, not a person: liveness score -3.2, at least 0.0 is live. Use --this.",
            Assert.Throws<UserErrorException>(() => liveness.RequirePerson(taken)).Message);
    }

    [Fact]
    public async Task AnOperatorWhoSeesAPersonIsBelievedAndTheDoubtIsPrinted()
    {
        _networks.Score = -3.2f;
        using WholeConsole console = new();
        using EnrolmentLiveness liveness = Liveness(isOverridden: true);
        liveness.RequirePerson(await TakenAsync(liveness));
        Assert.Equal("Taken though this seems to be a picture or a screen: liveness score -3.2, at least 0.0 is live.",
            console.Out.Trim());
    }

    [Fact]
    public async Task ABrokenNetworkIsAnErrorAndNoEnrolment()
    {
        _networks.Score = float.NaN;
        using EnrolmentLiveness liveness = Liveness(isOverridden: true);
        LivePictures taken = await TakenAsync(liveness);
        string said = Assert.Throws<UserErrorException>(() => liveness.RequirePerson(taken)).Message;
        Assert.Contains("values that are not finite", said, StringComparison.Ordinal);
        Assert.Contains("'dooragent doctor'", said, StringComparison.Ordinal);
    }

    [Fact]
    public void AFaceTooNarrowForTheCheckIsNotTaken()
    {
        LivenessOptions options = MadeLiveness.Options();
        options.MinFaceWidth = 400;
        using EnrolmentLiveness liveness = new(_networks.Check(options), "");
        Frame frame = new();
        PictureFile.Read(Path.Combine(Places.BuiltInPeople, "nora/door-1/01.jpg"), frame);
        Assert.Equal(UnusableReason.TooSmall, liveness.Read(frame, _pipeline).Problem);
    }

    [Theory]
    [InlineData(LivenessOptions.On, "There are no liveness networks: only cues")]
    [InlineData(LivenessOptions.Cues, "Liveness:Mode is cues: only cues")]
    [InlineData(LivenessOptions.Off, "")]
    public void AWeakCheckIsAnnounced(string mode, string words)
    {
        using WholeConsole console = new();
        using LivenessCheck check = EnrolmentLiveness.Open(TestNetworks.BuiltInOnly, new LivenessOptions { Mode = mode });
        Assert.StartsWith(words, console.Out, StringComparison.Ordinal);
        Assert.Equal(words.Length == 0, console.Out.Length == 0);
    }

    [Slow]
    [Fact]
    public async Task OfTheRecordedClipsThePersonIsEnrolledAndThePrintOnlyOnTheOperatorsWord()
    {
        using TempFolder folder = new();
        string clips = Shared.Need("faces/pad-dev/clips"), models = Shared.Need("models");
        string print = Path.Combine(clips, "print/d19a"), live = Path.Combine(clips, "live/d01a");
        Assert.DoesNotContain("only cues", await Says(2, "This seems to be a picture or a screen, not a person: liveness score -",
            "add", "eve", "--camera", print), StringComparison.Ordinal);
        await Says(0, "0 enrolled", "list");
        await Says(0, "2 of 2 pictures added", "add", "dan", "--camera", live);
        await Says(2, "add --i-see-a-person", "pictures", "dan", "--camera", print, "--set", "Matching:Distance=1.9");
        await Says(0, "Taken though this seems to be a picture or a screen", "add", "eve", "--camera", print, "--i-see-a-person");
        await Says(0, "2 enrolled", "list");

        Task<string> Says(int exitCode, string words, params string[] verb) => WholeConsole.SaysAsync(exitCode, words,
        [
            "people", .. verb, .. verb[0] == "list" ? (string[])[] : ["--count", "2", "--within", "20"],
            "--data", folder.Path, "--models", models,
            "--set", "Faces:Detector=yunet-n", "--set", "Encodings:Encoder=mobilefacenet",
        ]);
    }

    private EnrolmentLiveness Liveness(bool isOverridden = false) =>
        new(_networks.Check(), "Use --this.") { IsOverridden = isOverridden };

    private async Task<LivePictures> TakenAsync(EnrolmentLiveness liveness)
    {
        FakeTimeProvider time = new();
        LivePictures taken = new(frame => liveness.Read(frame, _pipeline), time);
        using ListedCamera camera = new(time, (_, frame) =>
        {
            PictureFile.Read(Path.Combine(Places.BuiltInPeople, "nora/door-1/01.jpg"), frame);
            return CaptureStatus.Captured;
        });
        await taken.TakeAsync(camera, new LiveSelection([], 0.9f), 1, TimeSpan.FromSeconds(1),
            new Progress<(LiveFinding Finding, TimeSpan Left)>(), TestContext.Current.CancellationToken);
        Assert.Single(taken.Names);
        return taken;
    }
}
