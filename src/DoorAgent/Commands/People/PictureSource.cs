using System.CommandLine;
using DoorAgent.Commands.Camera;
using DoorAgent.Commands.Door;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Operating;
using DoorAgent.Storage;

namespace DoorAgent.Commands.People;

/// <summary>The options that say where the pictures of a person come from: a folder, or a camera that the person looks into.</summary>
internal sealed class PictureSource
{
    private const string Door = "door";
    private const int Count = 5;
    private const int Seconds = 60;
    private const int MostSeconds = 600;

    private readonly Option<string?> _images = new("--images")
    {
        Description = "Folder with the person's pictures (or one file): one face each, at least 60 pixels wide, as they look at the door.",
    };

    private readonly Option<string?> _camera = new("--camera")
    {
        Description = $"Takes the pictures now: the number of a webcam (0), a folder of pictures or a video file; or '{Door}': the "
            + $"running door's camera, while the door keeps working.",
    };

    private readonly Option<int?> _count =
        new("--count") { Description = $"How many pictures the camera takes, 1 to 10; default {Count}." };

    private readonly Option<int?> _atLeast =
        new("--at-least") { Description = "Writes nothing with fewer pictures than this; default: all of --count." };

    private readonly Option<int?> _within =
        new("--within") { Description = $"How many seconds to wait for the pictures, 5 to {MostSeconds}; default {Seconds}." };

    private readonly Option<bool> _personSeen = new("--i-see-a-person")
    {
        Description = "Takes the pictures though they seem to show a picture or a screen: you see yourself that a person stands there.",
    };

    private readonly Option<string?> _sheet = new("--sheet")
    {
        Description = "Writes a page with every picture, its quality, and why it was kept or not (HTML), also when nothing is enrolled.",
    };

    /// <summary>Adds these options to a verb.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="instead">Options of the verb that need no pictures.</param>
    public void AddTo(Command command, params Option[] instead)
    {
        foreach (Option option in new Option[] { _images, _camera, _count, _atLeast, _within, _personSeen, _sheet })
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            bool fromCamera = result.GetValue(_camera) is not null, fromFolder = result.GetValue(_images) is not null;
            if (instead.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } other)
            {
                if (fromCamera || fromFolder)
                    result.AddError($"Either {other.Name}, or --images or --camera.");
                if (result.GetValue(_sheet) is not null)
                    result.AddError($"{_sheet.Name} needs --images or --camera.");
            }
            else if (fromCamera == fromFolder)
            {
                result.AddError("Say where the pictures come from: either --images FOLDER or --camera CAMERA.");
            }

            foreach (Option option in new Option[] { _count, _atLeast, _within })
            {
                if (!fromCamera && result.GetResult(option) is { Implicit: false })
                    result.AddError($"{option.Name} needs --camera: every good picture of a folder is used.");
            }

            if (!fromCamera && result.GetValue(_personSeen))
                result.AddError($"{_personSeen.Name} needs --camera: files are not checked for a person.");

            Range(_count, 1, 10);
            Range(_atLeast, 1, result.GetValue(_count) ?? Count);
            Range(_within, 5, MostSeconds);

            void Range(Option<int?> option, int min, int max)
            {
                if (result.GetValue(option) is { } value && (value < min || value > max))
                    result.AddError($"{option.Name} is {value}; it must be from {min} to {max}.");
            }
        });
    }

    /// <summary>Returns the file of the contact sheet; null for none.</summary>
    /// <exception cref="UserErrorException">The file is one of the door's own.</exception>
    public string? SheetOf(ParseResult result)
    {
        if (result.GetValue(_sheet) is { } sheet)
            ProtectedFiles.EnsureNotOverwritten(sheet, CommonOptions.PlacesOf(result), CommonOptions.SettingsFileOf(result));
        return result.GetValue(_sheet);
    }

    /// <summary>Returns how many good pictures are required.</summary>
    public int LeastOf(ParseResult result) =>
        result.GetValue(_camera) is null ? 1 : result.GetValue(_atLeast) ?? result.GetValue(_count) ?? Count;

    /// <summary>Returns the picture files; null where a camera takes the pictures.</summary>
    /// <exception cref="UserErrorException">The folder cannot be read, or contains no picture.</exception>
    public IReadOnlyList<string>? FilesOf(ParseResult result) =>
        result.GetValue(_images) is { } images ? PictureFolder.Files(images) : null;

    /// <summary>Takes pictures with the camera.</summary>
    /// <exception cref="UserErrorException">The camera cannot be used, gave too few, or saw a picture in place of a person; the message
    /// says what was wrong.</exception>
    public async Task<LivePictures> CaptureAsync(ParseResult result, FacePipeline pipeline, LiveSelection selection,
        CancellationToken cancellationToken)
    {
        string what = result.GetRequiredValue(_camera)!;
        Places places = CommonOptions.PlacesOf(result);
        using EnrolmentLiveness liveness = new(EnrolmentLiveness.Open(places, CommonOptions.SettingsOf(result).Liveness),
            $"Nothing was written; if you see a person before the camera, add {_personSeen.Name}.")
        {
            IsOverridden = result.GetValue(_personSeen),
        };
        TimeSpan within = TimeSpan.FromSeconds(result.GetValue(_within) ?? Seconds);
        using ICamera camera = what == Door ? await RunningCamera.OpenAsync(places, within, TimeProvider.System, cancellationToken)
            : EnrolmentCamera.Open(what, DoorCamera.Hardware(result));
        // A camera serves one program at a time, most often the door.
        string another = what != Door && (await RunningDoor.StatusAsync(places, cancellationToken)).Status is not null
            ? $" A door runs here: '--camera {Door}' takes the pictures with its camera." : "";
        return await EnrolmentCamera.CaptureAsync(camera, pipeline, liveness, selection, result.GetValue(_count) ?? Count, LeastOf(result),
            within, $"Nothing was written; try again, or accept fewer pictures (--at-least).{another}", cancellationToken);
    }
}
