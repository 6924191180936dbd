using DoorAgent.Auditing;
using DoorAgent.Encodings;
using DoorAgent.Events;
using DoorAgent.Models;
using DoorAgent.Running;
using DoorAgent.Storage;
using Serilog.Core;

namespace DoorAgent.Simulation;

/// <summary>Plays a scenario file in a temporary data directory and reports the result.</summary>
internal static class ScenarioRun
{
    /// <summary>Plays a file.</summary>
    /// <param name="file">Path of the scenario.</param>
    /// <param name="roots">Roots of its pictures, in addition to 'builtin'.</param>
    /// <param name="modelDirectories">Directories to search for networks.</param>
    /// <param name="isLogged">Whether the log is shown and written.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The comparison with the expectations, and all observations.</returns>
    /// <exception cref="UserErrorException">The scenario, a picture, a setting or a network cannot be used.</exception>
    public static async Task<(ScenarioReport Report, IReadOnlyList<Observation> Observations)> PlayAsync(
        string file, IReadOnlyDictionary<string, string> roots, IReadOnlyList<string> modelDirectories, bool isLogged,
        CancellationToken cancellationToken)
    {
        Scenario scenario = ScenarioParser.ReadFile(file);
        PictureGlob globs = new(Path.GetDirectoryName(Path.GetFullPath(file))!, roots);
        DirectoryInfo data = Directory.CreateTempSubdirectory("dooragent-simulate-");
        try
        {
            Places places = new(data.FullName, modelDirectories);
            DoorSettings settings = ScenarioSettings.Checked(scenario.Settings);
            using FacePipeline pipeline = ScenarioSettings.Do(scenario.Settings, () =>
                FacePipelineFactory.Open(places, settings.Faces, settings.Encodings.Encoder));
            SimulatedTime time = new(scenario.Start.Instant, scenario.Start.TimeZone);
            SimulatedGallery.Make(scenario, globs, places, settings, pipeline, time, cancellationToken);
            using Logger? log = isLogged ? LogSetup.Create(settings.Auditing, settings.Serilog, places, time, simulated: true) : null;
            using RepeatFilteringLog? lines = log is null ? null : new RepeatFilteringLog(new DoorLog(log), time);
            await using ScenarioPlayer player = new(scenario, settings, globs, places, pipeline, time, e => lines?.Publish(e));
            IReadOnlyList<Observation> observations = await player.PlayAsync(cancellationToken);
            ScenarioReport report = ScenarioJudge.Judge(scenario, observations, kind => kind.IsAlarm());
            return (report with { Liveness = player.Strongest }, observations);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
