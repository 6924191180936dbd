using DoorAgent.Events;
using DoorAgent.Simulation;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Simulation;

/// <summary>Recorded clips of people, prints and screens at the simulated door, ten pictures a second, in front of a badge whose owner is
/// enrolled from live stills of the same group. With the strong pair, the three liveness networks and the cues; no challenge.</summary>
public sealed class RecordedClipsTests(ITestOutputHelper output)
{
    // More clips than by the product's defaults come as far as the liveness check; a group without live stills can only be enrolled so.
    private static readonly string[] LessDemanding =
        ["Liveness:MinFaceWidth 50", "Faces:MinSharpness 0", "Faces:SecondFaceRatio 1"];

    [Slow]
    [Fact]
    public async Task EveryLiveClipEnters() => Assert.Equal(6, await GrantedAsync("live", clips: 6, IsLiveStill, []));

    [Slow]
    [Fact]
    public async Task NoPrintEnters() => Assert.Equal(0, await GrantedAsync("print", clips: 4, IsLiveStill, []));

    [Slow]
    [Fact]
    public async Task AtMostOneScreenEnters() => Assert.InRange(await GrantedAsync("replay", clips: 6, IsLiveStill, []), 0, 1);

    /// <summary>The enrolled person is certainly the one on the print or the screen, and only liveness keeps the door locked.</summary>
    [Slow]
    [Theory]
    [InlineData("print", 4, 0)]
    [InlineData("replay", 6, 1)]
    public async Task WithItsOwnFirstPictureEnrolledAtMostOneScreenEnters(string kind, int clips, int granted) =>
        Assert.InRange(await GrantedAsync(kind, clips, (_, _) => false, LessDemanding), 0, granted);

    private static bool IsLiveStill(string file, string group) => Row(file) is ["live", var of] && of == group;

    /// <summary>Class and group of a still, from the folder's index.</summary>
    private static string[] Row(string file) =>
        Index.TryGetValue(file, out string[]? row) && !file.StartsWith("clips/", StringComparison.Ordinal) ? row : [];

    private static string IndexFile { get; } = Path.Combine(Shared.Root ?? "", "faces/pad-dev/index.tsv");

    private static Dictionary<string, string[]> Index { get; } = !File.Exists(IndexFile) ? []
        : File.ReadLines(IndexFile).Skip(1).Select(line => line.Split('\t'))
            .ToDictionary(cells => cells[0], cells => new[] { cells[1], cells[3] });

    private async Task<int> GrantedAsync(string kind, int clips, Func<string, string, bool> isEnrolled, string[] settings)
    {
        string root = Shared.Need("faces/pad-dev"), models = Shared.Need("models");
        string[] folders = [.. Directory.GetDirectories(Path.Combine(root, "clips", kind)).Order(StringComparer.Ordinal)];
        Assert.Equal(clips, folders.Length);
        int granted = 0;
        foreach (string clip in folders)
        {
            string name = Path.GetFileName(clip), group = name[..3];
            string[] stills = [.. Index.Keys.Where(file => isEnrolled(file, group)).Select(file => Path.Combine(root, file))];
            string[] changed = stills.Length == 0 && settings.Length == 0 ? LessDemanding : settings;
            if (stills.Length == 0)
                stills = [Path.Combine(clip, "01.jpg")];
            EventObserved decision = await DecisionAsync(clip, stills, models, changed);
            output.WriteLine($"{kind} {name}, {stills.Length} enrolled: {decision.Kind} {decision.Reason} {decision.Detail}");
            granted += decision.Kind == DoorEventKind.Granted ? 1 : 0;
        }

        return granted;
    }

    private static async Task<EventObserved> DecisionAsync(string clip, string[] stills, string models, string[] settings)
    {
        using TempFolder folder = new();
        foreach (string still in stills)
            File.Copy(still, folder.File(Path.GetFileName(still)));
        string file = folder.Write("clip.door", $"""
            start 2026-03-02 07:55:00 UTC
            set Faces:Detector yunet-n
            set Encodings:Encoder mobilefacenet
            set Liveness:Challenge off
            {string.Join('\n', settings.Select(setting => $"set {setting}"))}
            enrol owner badge H10301:1:1 from {folder.Path}/*.jpg
            0 camera {clip}/*.jpg rate 10
            1 badge H10301:1:1
            +12 end
            """);
        (_, IReadOnlyList<Observation> observations) = await ScenarioRun.PlayAsync(
            file, ScenarioFiles.Roots([]), [models, Places.BuiltInModels], isLogged: false, TestContext.Current.CancellationToken);
        return observations.OfType<EventObserved>().Single(raised => raised.Kind is DoorEventKind.Granted or DoorEventKind.Denied);
    }
}
