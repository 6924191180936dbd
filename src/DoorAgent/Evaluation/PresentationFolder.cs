using System.Text.RegularExpressions;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Evaluation;

/// <summary>
/// The folder of a set of presentations. Each folder in it is a class: <c>live</c>, or an attack class of the folder's name. Pictures in a
/// class are stills; a folder in a class, or a video file, is a clip. <c>clips/CLASS/NAME</c> is a clip too.
/// </summary>
/// <param name="Presentations">The presentations in the order of their names.</param>
/// <param name="Notes">What the folder lacks: one sentence each.</param>
internal sealed partial record PresentationFolder(IReadOnlyList<Presentation> Presentations, IReadOnlyList<string> Notes)
{
    private const string ClipsFolder = "clips";

    private static readonly string[] VideoExtensions = [".avi", ".mp4", ".mkv", ".mov", ".webm"];

    /// <summary>Finds the presentations; no picture is opened.</summary>
    /// <param name="folder">The set's folder.</param>
    /// <param name="stretchedWord">A text that marks a line of the index as stretched; null for none.</param>
    /// <exception cref="UserErrorException">The folder does not exist, cannot be read, or has no picture.</exception>
    public static PresentationFolder Open(string folder, string? stretchedWord = null)
    {
        try
        {
            if (!Directory.Exists(folder))
                throw new UserErrorException($"The folder {folder} does not exist. {HowToMakeOne}");
            PresentationIndex index = PresentationIndex.Read(folder, stretchedWord);
            string[] classes = [.. Folders(folder).Where(name => name != ClipsFolder)];
            string clips = Path.Combine(folder, ClipsFolder);
            Presentation[] found =
            [
                .. classes.SelectMany(name => InClass(folder, name, name)),
                .. Folders(clips).SelectMany(name => InClass(folder, Path.Combine(ClipsFolder, name), name)),
            ];
            if (found.Length == 0)
                throw new UserErrorException($"There is no picture in the folders of {folder}. {HowToMakeOne}");
            return new PresentationFolder([.. found.Select(index.Describe)], [.. NotesOn(folder, classes, found, index)]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The folder {folder} cannot be read: {failure.Message}", failure);
        }
    }

    private static string HowToMakeOne =>
        $"Name a folder that has a folder for each class ({string.Join(", ", Presentation.KnownClasses)}) with pictures in it; "
        + "'dooragent pad record NAME --class live' takes some at this door.";

    private static IEnumerable<string> NotesOn(string folder, string[] classes, Presentation[] found, PresentationIndex index)
    {
        foreach (string empty in classes.Where(name => !Array.Exists(found, one => one.Class == name)))
            yield return $"{empty}/ has no picture.";
        if (!Array.Exists(found, one => one.IsLive))
            yield return "There is no live picture: nothing is said about refused people (BPCER).";
        if (Array.TrueForAll(found, one => one.IsLive))
            yield return "There is no attack: nothing is said about accepted pictures (APCER).";
        int missing = index.Names.Count(name => !Path.Exists(Path.Combine(folder, name)));
        if (missing > 0)
            yield return $"{PresentationIndex.FileName} names files that are not there: {missing}.";
    }

    private static IEnumerable<Presentation> InClass(string folder, string relative, string name)
    {
        string path = Path.Combine(folder, relative);
        foreach (string file in PictureFile.In(path, [.. PictureFile.Extensions, .. PictureFile.UnreadableExtensions]))
            yield return Of(Path.GetFileName(file), [file], isClip: false);
        foreach (string file in PictureFile.In(path, VideoExtensions))
            yield return Of(Path.GetFileName(file), [file], isClip: true);
        foreach (string clip in Folders(path))
        {
            IReadOnlyList<string> pictures = PictureFile.In(Path.Combine(path, clip));
            if (pictures.Count > 0)
                yield return Of(clip, pictures, isClip: true);
        }

        Presentation Of(string file, IReadOnlyList<string> files, bool isClip) => new(name, Path.Combine(relative, file), files, isClip)
        {
            Group = GroupOf(Path.GetFileNameWithoutExtension(file)),
        };
    }

    /// <summary>Returns the group of a file that the index does not name: ANNA-007 is of the group ANNA.</summary>
    private static string GroupOf(string name) => Numbered().Match(name) is { Success: true } match ? match.Groups[1].Value : name;

    private static IEnumerable<string> Folders(string folder) => !Directory.Exists(folder) ? [] : Directory.EnumerateDirectories(folder)
        .Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^(.+)-\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();
}
