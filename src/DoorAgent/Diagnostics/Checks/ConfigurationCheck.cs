using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Faces;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Schedules;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Checks that every setting is known and in its range, and that a door would start with all of them.</summary>
internal sealed class ConfigurationCheck : ICheck
{
    private const string NoFile =
        "There is no configuration yet: 'sudo dooragent setup' asks for everything and writes the file. Or name a file with --config.";

    public string Name => "configuration";

    public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        string next = $"Correct {door.SettingsFile ?? "the configuration"}; 'dooragent config show' prints the values in effect.";
        if (door.Settings is not { } settings)
        {
            foreach (string line in door.SettingsRefusal!.Split(Environment.NewLine))
                findings.Refuse(line, next);
            return Task.CompletedTask;
        }

        foreach (string error in settings.Errors)
            findings.Refuse(error, door.SettingsFile is null && error.Contains("is not set", StringComparison.Ordinal) ? NoFile : next);
        if (settings.Errors.Count > 0)
            return Task.CompletedTask;
        findings.Ok($"every setting is valid ({door.SettingsFile ?? "no file: defaults, variables and options only"})");
        if (!door.IsReal)
            findings.Ok("SIMULATED hardware: no real door is guarded");
        DecisionOptions decisions = door.Options<DecisionOptions>();
        BadgeOptions badges = door.Options<BadgeOptions>();
        foreach (string refusal in StartupSummary.RefusalsOf(!door.IsReal, decisions, badges, door.Options<MatchingOptions>(),
            door.Options<LivenessOptions>(), door.Options<FaceOptions>().Detector))
            findings.Refuse(refusal);
        foreach (string refusal in ModeSummary.RefusalsOf(door.Options<DoorOptions>(), decisions, badges, door.Options<ScheduleOptions>()))
            findings.Refuse(refusal);
        foreach (string fallback in ModeSummary.WarningsOf(door.Options<DoorOptions>(), door.Options<ScheduleOptions>()))
            findings.Warn(fallback);
        foreach (string refusal in ExitWiring.RefusalsOf(decisions, badges, door.Options<HardwareOptions>()))
            findings.Refuse(refusal);
        if (StartupSummary.WarningOf(decisions, badges) is { } warning)
            findings.Warn(warning);
        if (StartupSummary.WarningOf(door.Options<MatchingOptions>()) is { } estimated)
            findings.Warn(estimated);
        foreach (string doubt in new LogTargets(settings.Auditing, settings.Serilog, door.Places).Warnings())
            findings.Warn(doubt);
        if (StartCheck.EncoderNote(settings, door.EncoderId) is { } note)
            findings.Warn(note);
        return Task.CompletedTask;
    }
}
