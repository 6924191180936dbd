using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Diagnostics.Explaining;
using DoorAgent.Enrolment;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Explain;

/// <summary>Creates dooragent explain: what the door would do with a face, and why.</summary>
internal static class ExplainCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200), ShortestInterval = TimeSpan.FromMilliseconds(10),
        LongestInterval = TimeSpan.FromSeconds(10);

    internal static Command Create()
    {
        Argument<string[]> what = new("PICTURE")
        {
            Description = "A picture, several pictures or a folder: what the camera saw in one visit. A last word that is not a file is "
                + "NAME, the person whose badge is presented.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<long?> record = new("--event") { Description = "Explains the record with this number in 'dooragent log'." };
        Option<string?> output = new("--out")
        {
            Description = "Writes the drawn picture to this file (png or jpg). Default: explained.jpg in the working directory; none with "
                + "--json.",
        };
        Option<string?> interval = new("--interval") { Description = "Time between two pictures of a visit; default 200 ms." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("explain", """
            Says what the door would do with a face, and why; or why the door decided as it did.

            The pictures go the door's way, through its networks, its rules and its gallery: which pictures can be compared and why the
            others cannot, how many agree, what the liveness check says, which rule decides, and what to do. A drawn picture shows box,
            landmarks, measures with their limits, and the nearest people with their distances and thresholds. One picture counts as a
            face that stays before the camera; several pictures or a folder are the frames of one visit. The door is taken as closed, with
            nobody locked out and the right PIN.
            With --event the record of the journal is explained, with the pictures of that attempt where the door keeps some
            (Auditing:KeepPictures). Exit code 0 when the door would open (or opened), 1 when not, 2 when there is no answer.
            Examples: dooragent explain visitor.jpg adam     dooragent explain visit/ --out why.png     dooragent explain --event 128
            """) { what, record, output, interval, json };
        command.Validators.Add(result =>
        {
            bool hasPictures = result.GetValue(what) is { Length: > 0 };
            if (hasPictures == (result.GetValue(record) is not null))
                result.AddError("Name either pictures or --event N.");
            if (result.GetValue(interval) is { } text
                && !(SettingText.FindTime(text) is { } time && time >= ShortestInterval && time <= LongestInterval))
                result.AddError($"--interval is '{text}', and must be a time from {SettingText.Of(ShortestInterval)} to "
                    + $"{SettingText.Of(LongestInterval)}, such as 200 ms.");
        });
        command.SetAction(result =>
        {
            bool isJson = result.GetValue(json);
            Places places = CommonOptions.ShowPlaces(result, isJson);
            ExplainedPictureFile file = ExplainedPictureFile.Of(
                result.GetValue(output), isJson, places, CommonOptions.SettingsFileOf(result));
            if (result.GetValue(record) is { } sequence)
                return EventExplainer.Run(result, places, sequence, file, isJson);
            (IReadOnlyList<string> files, string? name) = PicturesAndName(result.GetRequiredValue(what));
            TimeSpan between = result.GetValue(interval) is { } text ? SettingText.ReadTime(text) : Interval;
            using VisitExplainer explainer = new(result, places);
            VisitPicture[] pictures = [.. files.Select(VisitPicture.Of)];
            VisitExplanation explained = explainer.Explain(pictures, between, name);
            string? drawn = file.Write(explained, pictures);
            if (isJson)
                JsonLine.Write(ExplainJson.Of(explained, explainer, drawn));
            else
                ExplainView.Show(explained);
            return explained.Trace.Opens ? 0 : 1;
        });
        return command;
    }

    /// <summary>Separates the pictures from the name of the person.</summary>
    /// <exception cref="UserErrorException">A file does not exist, or a folder has no picture.</exception>
    internal static (IReadOnlyList<string> Files, string? Name) PicturesAndName(IReadOnlyList<string> words)
    {
        bool hasName = words.Count > 1 && !Path.Exists(words[^1])
            && !PictureFile.Extensions.Contains(Path.GetExtension(words[^1]), StringComparer.OrdinalIgnoreCase);
        string[] paths = [.. hasName ? words.SkipLast(1) : words];
        foreach (string missing in paths.Where(path => !Path.Exists(path)))
            throw new UserErrorException($"There is no file or folder {missing}. Name a picture, or a folder of pictures, first.");
        return ([.. paths.SelectMany(PictureFolder.Files)], hasName ? words[^1] : null);
    }
}
