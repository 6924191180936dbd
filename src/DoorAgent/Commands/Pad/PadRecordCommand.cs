using System.CommandLine;
using DoorAgent.Commands.Camera;
using DoorAgent.Commands.Door;
using DoorAgent.Commands.People;
using DoorAgent.Diagnostics;
using DoorAgent.Encodings;
using DoorAgent.Evaluation;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Operating;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Pad;

/// <summary>Creates dooragent pad record, which takes pictures at the door for a report.</summary>
internal static class PadRecordCommand
{
    private const string DefaultFolder = "pad";
    private const int DefaultCount = 20, MostCount = 500, DefaultSeconds = 120, Reserve = 10;
    private const int MostSeconds = (int)OperatorRequest.LongestLook - Reserve;

    internal static Command Create()
    {
        Argument<string> name = new("NAME")
        {
            Description = "The group: the person and sitting, or the attack, such as anna-evening or phone-anna.",
        };
        Option<string> of = new("--class")
        {
            Description = "What the camera sees: a person (live), or which kind of attack.", Required = true,
        };
        of.AcceptOnlyFromAmong([.. Presentation.KnownClasses]);
        Option<int?> count = Number("--count", "How many pictures to take", DefaultCount, MostCount);
        Option<int?> within = Number("--within", "How many seconds to wait for them", DefaultSeconds, MostSeconds);
        Option<string?> to = new("--to") { Description = $"The folder of all pictures; default {DefaultFolder}." };
        Option<string?> medium = new("--medium")
        {
            Description = "What is held up, such as 'phone' or 'laser print, matt', for the report.",
        };
        Command command = new("record", """
            Takes pictures of a person or of an attack at this door, for 'dooragent padreport'.

            The camera is the running door's, which keeps working, else Hardware:Camera. Every half second a frame with a face
            is kept, good or not, because the report counts what the door cannot use. The files are TO/CLASS/NAME-001.jpg and
            so on, with a line each in TO/index.tsv; earlier pictures stay. Only their owner can read them: they show people, so
            ask these people first, and delete the folder after the report.

            In an hour: 20 people, five lights (day, evening, lamp behind, lamp beside, dark), and for each person a print and
            a phone that shows them, held at 0.4 to 0.8 m. Exit code 0 with all pictures, 1 with fewer.
            """) { name, of, count, within, to, medium };
        command.SetAction(async (result, stopping) =>
        {
            string folder = result.GetValue(to) ?? DefaultFolder, kind = result.GetRequiredValue(of), group = result.GetRequiredValue(name);
            int wanted = result.GetValue(count) ?? DefaultCount;
            TimeSpan time = TimeSpan.FromSeconds(result.GetValue(within) ?? DefaultSeconds);
            using FacePipeline pipeline = DoorCamera.OpenPipeline(result);
            using ICamera camera = await OpenAsync(result, time, stopping);
            RecordingFolder pictures = RecordingFolder.Open(folder, group, kind, Cell(result.GetValue(medium)));
            PresentationRecorder recorder = new(frame => pipeline.ReadFrame(frame), TimeProvider.System);
            Console.WriteLine($"Taking {wanted} pictures of class {kind} from {camera.Description}. Ctrl-C ends; pictures taken are kept.");
            int taken = 0;
            await LivePicturesView.RunAsync(wanted, () => (null, null), async progress => taken = await recorder.TakeAsync(
                camera, kind == Presentation.Live, wanted, time, frame => pictures.Add(path => PrivateFile.Write(path, FrameDrawing.Encode(frame, ".jpg"))), progress,
                stopping));
            if (taken == 0)
                throw new UserErrorException("No picture was taken: no frame with a face came in time. 'dooragent camera snap' and "
                    + "'dooragent status' say what the camera sees.");
            Console.WriteLine($"{taken} of {wanted} pictures are in {Path.Combine(Path.GetFullPath(folder), kind)}. They show people: only "
                + "you can read them; delete them after the report.");
            Console.WriteLine($"Next: more people, light and attacks; then 'dooragent padreport {folder} --html report.html'.");
            return taken == wanted ? 0 : 1;
        });
        return command;
    }

    private static async Task<ICamera> OpenAsync(ParseResult result, TimeSpan within, CancellationToken stopping)
    {
        Places places = CommonOptions.PlacesOf(result);
        // The recording ends by its own clock, not because the door ends the connection.
        within = TimeSpan.FromSeconds(Math.Min(within.TotalSeconds + Reserve, OperatorRequest.LongestLook));
        return (await RunningDoor.StatusAsync(places, stopping)).Status is not null
            ? await RunningCamera.OpenAsync(places, within, TimeProvider.System, stopping) : DoorCamera.Open(result);
    }

    /// <summary>Makes a text fit into a cell of the index.</summary>
    private static string Cell(string? text) => string.Join(' ', (text ?? "").Split(['\t', '\r', '\n'], StringSplitOptions.TrimEntries));

    private static Option<int?> Number(string name, string what, int @default, int most)
    {
        Option<int?> option = new(name) { Description = $"{what}, 1 to {most}; default {@default}." };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is { } value && (value < 1 || value > most))
                result.AddError($"{name} is {value}; it must be from 1 to {most}.");
        });
        return option;
    }
}
