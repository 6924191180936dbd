using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Models;
using DoorAgent.Operating;
using DoorAgent.Schedules;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Running;

/// <summary>Judges a configuration as a start does, without a start: no device is opened, and nothing is written.</summary>
internal static class StartCheck
{
    /// <summary>Why no door starts with these settings: their ranges, what cannot stand together, the camera's form, the networks. Each is
    /// sentences that name the setting.</summary>
    public static IReadOnlyList<string> Refusals(DoorSettings settings, Places places)
    {
        IReadOnlyList<string> wrong = RefusalsOfSettings(settings);
        return wrong.Count > 0 ? wrong : [.. RefusalsOfCamera(settings), .. RefusalsOfNetworks(settings, places), .. RefusalsOfZone(settings, places, TimeProvider.System)];
    }

    /// <summary>The same of the settings alone, whatever else is on this machine.</summary>
    public static IReadOnlyList<string> RefusalsOfSettings(DoorSettings settings)
    {
        IReadOnlyList<string> wrong = settings.Errors;
        if (wrong.Count > 0)
            return wrong;
        return [.. StartupSummary.RefusalsOf(settings.IsSimulated, settings.Decisions, settings.Badges, settings.Matching,
            settings.Faces.Detector)];
    }

    /// <summary>The same of a file that is being changed, by itself; unknown keys and values of a wrong form included.</summary>
    public static IReadOnlyList<string> RefusalsOf(SettingsDocument document) =>
        document.TryRead(out LoadedSettings? settings, out IReadOnlyList<string> wrong)
            ? RefusalsOfSettings(new DoorSettings(settings)) : wrong;

    /// <summary>What a door with these settings starts with, and somebody should know.</summary>
    /// <exception cref="UserErrorException">The gallery cannot be used.</exception>
    public static IEnumerable<string> Warnings(DoorSettings settings, Places places)
    {
        string? made = GalleryEncoders.ActiveName(places.GalleryFile);
        LogTargets log = new(settings.Auditing, settings.Serilog, places);
        IEnumerable<string> weak = WarningsOfSettings(settings, made).Concat(log.Warnings());
        return EncoderNote(settings, made) is { } note ? weak.Append(note) : weak;
    }

    /// <summary>The same of the settings alone, whatever else is on this machine.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="made">The encoder that the gallery was made with; null where the settings' own counts.</param>
    public static IEnumerable<string> WarningsOfSettings(DoorSettings settings, string? made = null) => StartupSummary.WarningsOf(
        settings.IsSimulated, settings.Decisions, settings.Badges, made ?? settings.Encodings.Encoder);

    /// <summary>That the encoder of the settings is not the one in use; null where it is, or where nobody set one.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="made">The encoder that the gallery was made with; null where there is no gallery, or nobody in it.</param>
    public static string? EncoderNote(DoorSettings settings, string? made)
    {
        string key = $"{EncodingOptions.Section}:{nameof(EncodingOptions.Encoder)}";
        return made is null || settings[key] is not { } set || set == made ? null
            : $"{key} is {set}, and the gallery was made with {made}, which the door goes by. 'dooragent people re-encode --encoder {set}' changes "
            + "the gallery; or correct the setting";
    }

    /// <summary>That hours or dates are in force, and nobody knows in which zone they are to be read.</summary>
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
            using FacePipeline reader = FacePipelineFactory.Open(places, settings.Faces, DoorHost.EncoderOf(settings.Encodings, places));
            FacePipelineFactory.ThresholdsOf(reader, settings.Matching).EnsureOneCanMatch(settings.Decisions.AccessMode.Identifies());
            return [];
        }
        catch (UserErrorException refused)
        {
            return [refused.Message];
        }
    }
}
