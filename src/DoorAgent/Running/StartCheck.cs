using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Operating;
using DoorAgent.Schedules;
using DoorAgent.Sealing;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Running;

/// <summary>Checks a configuration as a start does, without opening a device or writing anything.</summary>
internal static class StartCheck
{
    /// <summary>Returns why a door cannot start with these settings: ranges, combinations, the form of the camera, the networks.
    /// Each message names the setting.</summary>
    public static IReadOnlyList<string> Refusals(DoorSettings settings, Places places)
    {
        IReadOnlyList<string> wrong = RefusalsOfSettings(settings);
        if (wrong.Count > 0)
            return wrong;
        IEnumerable<string> zone = RefusalsOfZone(settings, places, TimeProvider.System);
        IEnumerable<string> pictures = LivenessOf(settings, places).Refusals();
        return [.. RefusalsOfCamera(settings), .. RefusalsOfNetworks(settings, places), .. pictures, .. zone];
    }

    /// <summary>Returns how well a door with these settings and the networks at hand tells people from pictures.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="places">Where the networks are; null counts the settings alone.</param>
    public static LivenessSummary LivenessOf(DoorSettings settings, Places? places)
    {
        LivenessSummary summary = new(settings.IsSimulated, settings.Decisions, settings.Liveness, settings.Hardware);
        return places is null ? summary : summary.With(LivenessFactory.Missing(places));
    }

    /// <summary>Checks the settings alone, without the rest of the machine.</summary>
    public static IReadOnlyList<string> RefusalsOfSettings(DoorSettings settings)
    {
        IReadOnlyList<string> wrong = settings.Errors;
        if (wrong.Count > 0)
            return wrong;
        return [.. StartupSummary.RefusalsOf(settings.IsSimulated, settings.Decisions, settings.Badges, settings.Matching,
            settings.Liveness, settings.Faces.Detector),
            .. ExitWiring.RefusalsOf(settings.Decisions, settings.Badges, settings.Hardware), .. LivenessOf(settings, null).Refusals(),
            .. ModeSummary.RefusalsOf(settings.Doors, settings.Decisions, settings.Badges, settings.Schedules)];
    }

    /// <summary>Checks a file that is being changed, without the rest of the machine, including unknown keys and malformed
    /// values.</summary>
    public static IReadOnlyList<string> RefusalsOf(SettingsDocument document) =>
        document.TryRead(out LoadedSettings? settings, out IReadOnlyList<string> wrong)
            ? RefusalsOfSettings(new DoorSettings(settings)) : wrong;

    /// <summary>Returns the warnings that a start with these settings gives.</summary>
    /// <exception cref="UserErrorException">The gallery cannot be used.</exception>
    public static IEnumerable<string> Warnings(DoorSettings settings, Places places)
    {
        string? made = GalleryEncoders.ActiveName(places.GalleryFile);
        LogTargets log = new(settings.Auditing, settings.Serilog, places);
        IEnumerable<string> weak = WarningsOfSettings(settings, LivenessOf(settings, places), made).Concat(log.Warnings());
        return EncoderNote(settings, made) is { } note ? weak.Append(note) : weak;
    }

    /// <summary>Returns the warnings about the settings and the liveness networks at hand.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="liveness">The summary of <see cref="LivenessOf"/>.</param>
    /// <param name="made">The gallery's encoder; null when the configured encoder counts.</param>
    public static IEnumerable<string> WarningsOfSettings(DoorSettings settings, LivenessSummary liveness, string? made = null) =>
        StartupSummary.WarningsOf(settings.IsSimulated, settings.Decisions, settings.Badges, settings.Matching,
            made ?? settings.Encodings.Encoder)
            .Concat(liveness.Warnings()).Concat(ModeSummary.WarningsOf(settings.Doors, settings.Schedules));

    /// <summary>Returns a note when the configured encoder is not the one in use; null when it is, and when none is configured.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="made">The gallery's encoder; null without a gallery or people.</param>
    public static string? EncoderNote(DoorSettings settings, string? made)
    {
        string key = $"{EncodingOptions.Section}:{nameof(EncodingOptions.Encoder)}";
        return made is null || settings[key] is not { } set || set == made ? null
            : $"{key} is {set}, but the gallery was made with {made}, which the door uses. "
            + $"'dooragent people re-encode --encoder {set}' changes the gallery; or correct the setting";
    }

    /// <summary>Returns a note when the gallery is open and the door has no key to seal it with; null otherwise.</summary>
    public static string? OpenGalleryNote(Places places) =>
        GallerySealing.IsOpen(places.GalleryFile) && KeyPlaces.Find(places.Data).Newest is null
        ? $"The gallery is not sealed: whoever gets {places.GalleryFile} has the faces and badge numbers of everybody. "
            + "'sudo dooragent key create' makes the door's key, and the next start seals the gallery"
        : null;

    /// <summary>Returns an error when hours or dates are in force but the time zone is unknown.</summary>
    /// <exception cref="UserErrorException">The gallery cannot be used.</exception>
    public static IEnumerable<string> RefusalsOfZone(DoorSettings settings, Places places, TimeProvider time)
    {
        if (settings.Decisions.ZoneProblemBy(time) is not { } problem)
            return [];
        bool isInForce = settings.Schedules.Count > 0 || HasHours(places.GalleryFile);
        return isInForce ? [$"Hours or dates are in force, and {problem}. {SystemZone.Remedy}."] : [];
    }

    private static bool HasHours(string gallery)
    {
        using GalleryFile? file = GalleryFile.OpenIfAny(gallery);
        return file is not null && file.People.Any(person => person.ValidFrom is not null || person.ValidUntil is not null
            || !person.Schedule.Equals(ScheduleOptions.Always, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> RefusalsOfCamera(DoorSettings settings) =>
        CameraFactory.Refusal(settings.Hardware, TimeProvider.System) is { } refusal ? [refusal] : [];

    private static IEnumerable<string> RefusalsOfNetworks(DoorSettings settings, Places places)
    {
        try
        {
            string encoder = DoorHost.EncoderOf(settings.Encodings, places);
            using FacePipeline pipeline = FacePipelineFactory.Open(places, settings.Faces, encoder);
            using LivenessCheck liveness = LivenessFactory.Open(places, settings.Liveness);
            ComparisonRule rule = GalleryRules.ActiveRule(places.GalleryFile) ?? pipeline.BestRule(settings.Encodings.FlipUse);
            FacePipelineFactory.ThresholdsOf(pipeline, settings.Matching, rule)
                .EnsureOneCanMatch(settings.Decisions.AccessMode.Identifies());
            return [];
        }
        catch (UserErrorException refused)
        {
            return [refused.Message];
        }
    }
}
