using System.CommandLine;
using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Settings;
using DoorAgent.Simulation;
using Serilog.Core;

namespace DoorAgent.Commands;

/// <summary>dooragent simulate: plays a day at a simulated door and holds what happened against what was expected.</summary>
internal static class SimulateCommand
{
    private static readonly Argument<string> What = new("scenario")
    {
        Description = "A *.door file, or the name of a built-in scenario: day, face-only, seed, seed-identify (the seed's need --models and --root seed=DIR).",
        DefaultValueFactory = _ => "day",
    };

    private static readonly Option<string[]> Roots = new("--root")
    {
        Description = "Where pictures of a root lie: --root seed=DIR. The root 'builtin' is there already.",
    };

    private static readonly Option<bool> Quiet = new("--quiet") { Description = "Shows the table only, not the log." };

    internal static Command Create()
    {
        Command simulate = new("simulate", """
            Plays a scenario: real pictures and networks, simulated hardware, simulated time. Shows the log as a technician sees
            it, then a table of what was expected and what happened. Nothing real is touched. Answers 1 on any difference.
            """) { What, Roots, Quiet };
        simulate.SetAction(PlayAsync);
        return simulate;
    }

    private static async Task<int> PlayAsync(ParseResult result, CancellationToken cancellationToken)
    {
        string file = ScenarioFiles.Find(result.GetRequiredValue(What));
        Scenario scenario = ScenarioParser.ReadFile(file);
        PictureGlob globs = new(Path.GetDirectoryName(Path.GetFullPath(file))!, ScenarioFiles.Roots(result.GetValue(Roots) ?? []));
        DirectoryInfo data = Directory.CreateTempSubdirectory("dooragent-simulate-");
        try
        {
            Places places = CommonOptions.PlacesOf(result) with { Data = data.FullName };
            IConfigurationRoot settings = SimulatedSettings.With(scenario.Settings);
            SimulatedTime time = new(scenario.Start.Instant, scenario.Start.TimeZone);
            using FaceReader reader = FaceReader.Open(places, OptionsRegistration.Bind<FaceOptions>(settings), OptionsRegistration.Bind<EncodingOptions>(settings).Encoder);
            using Logger log = LogSetup.Create(settings, places, time, simulated: true);
            DoorLog lines = new(log);
            SimulatedGallery.Make(scenario, globs, places, reader, time);
            await using ScenarioPlayer player = new(scenario, globs, places, reader, time, result.GetValue(Quiet) ? _ => { } : lines.Write);
            ScenarioReport report = ScenarioJudge.Judge(scenario, await player.PlayAsync(cancellationToken), kind => kind.IsAlarm());
            ReportTable.Write(report, Path.GetFileName(file));
            return report.IsAsExpected ? 0 : 1;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
