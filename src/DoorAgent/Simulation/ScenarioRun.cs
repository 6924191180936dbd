using DoorAgent.Auditing;
using DoorAgent.Encodings;
using DoorAgent.Events;
using DoorAgent.Models;
using DoorAgent.Running;
using DoorAgent.Storage;
using Serilog.Core;

namespace DoorAgent.Simulation;

/// <summary>A scenario from its file to its report, in a data directory that is gone afterwards.</summary>
internal static class ScenarioRun
{
    /// <summary>Plays a file.</summary>
    /// <param name="file">The scenario.</param>
    /// <param name="roots">Roots of its pictures, beside 'builtin'.</param>
    /// <param name="modelDirectories">Where networks are looked for.</param>
    /// <param name="isLogged">Whether the log is shown and written.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>Expected against actual, and everything that happened.</returns>
    /// <exception cref="UserErrorException">The scenario, a picture, a setting or a network cannot be used.</exception>
    public static async Task<(ScenarioReport Report, IReadOnlyList<Happened> Happened)> PlayAsync(
        string file, IReadOnlyDictionary<string, string> roots, IReadOnlyList<string> modelDirectories, bool isLogged, CancellationToken cancellationToken)
    {
        Scenario scenario = ScenarioParser.ReadFile(file);
        PictureGlob globs = new(Path.GetDirectoryName(Path.GetFullPath(file))!, roots);
        DirectoryInfo data = Directory.CreateTempSubdirectory("dooragent-simulate-");
        try
        {
            Places places = new(data.FullName, modelDirectories);
            DoorSettings settings = ScenarioSettings.Checked(scenario.Settings);
            using FacePipeline reader = ScenarioSettings.Do(scenario.Settings, () =>
                FacePipelineFactory.Open(places, settings.Faces, settings.Encodings.Encoder));
            SimulatedTime time = new(scenario.Start.Instant, scenario.Start.TimeZone);
            SimulatedGallery.Make(scenario, globs, places, settings, reader, time, cancellationToken);
            using Logger? log = isLogged ? LogSetup.Create(settings.Auditing, settings.Serilog, places, time, simulated: true) : null;
            using RepeatFilteringLog? lines = log is null ? null : new RepeatFilteringLog(new DoorLog(log), time);
            await using ScenarioPlayer player = new(scenario, globs, places, reader, time, e => lines?.Publish(e));
            IReadOnlyList<Happened> happened = await player.PlayAsync(cancellationToken);
            return (ScenarioJudge.Judge(scenario, happened, kind => kind.IsAlarm()), happened);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
