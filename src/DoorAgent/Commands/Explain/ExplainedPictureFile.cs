using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Explaining;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Explain;

/// <summary>The file of the drawn picture.</summary>
/// <param name="path">Path of the file; null for none.</param>
/// <param name="showsWords">Whether the screen shows the file's name and a sketch of the picture.</param>
internal sealed class ExplainedPictureFile(string? path, bool showsWords)
{
    private const string Default = "explained.jpg";

    private static readonly string[] Forms = [".png", ".jpg", ".jpeg"];

    /// <summary>Checks the path before the networks are loaded.</summary>
    /// <exception cref="UserErrorException">The path is not that of a picture, or is a file of the door.</exception>
    public static ExplainedPictureFile Of(string? path, bool isJson, Places places, string? settingsFile)
    {
        string? file = path ?? (isJson ? null : Default);
        if (file is not null)
        {
            if (!Forms.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                throw new UserErrorException($"{file} does not have the extension of a picture; use one of {string.Join(", ", Forms)}.");
            ProtectedFiles.EnsureNotOverwritten(file, places, settingsFile);
        }

        return new ExplainedPictureFile(file, !isJson);
    }

    /// <summary>Draws the deciding picture of a visit and writes the drawing. Only its owner can read the file (0600).</summary>
    /// <returns>The file's path; null where none is written.</returns>
    /// <exception cref="UserErrorException">The drawing would overwrite one of the pictures, or cannot be written.</exception>
    public string? Write(VisitExplanation explained, IReadOnlyList<VisitPicture> pictures) => Write(
        explained.Trace.Deciding, pictures, explained.Measures,
        [
            (explained.Answer, explained.Trace.Opens),
            .. explained.LivenessLines.Select(line =>
                (line, line.Contains("FAILS", StringComparison.Ordinal) ? false : (bool?)null)),
        ]);

    /// <summary>Draws a picture with words and writes the drawing. Only its owner can read the file (0600).</summary>
    /// <returns>The file's path; null where none is written.</returns>
    /// <exception cref="UserErrorException">The drawing would overwrite one of the pictures, or cannot be written.</exception>
    public string? Write(VisitFrame deciding, IReadOnlyList<VisitPicture> pictures, IReadOnlyList<FaceMeasure> measures,
        IReadOnlyList<(string Text, bool? IsGood)> words)
    {
        if (path is null)
            return null;
        if (pictures.FirstOrDefault(one => ProtectedFiles.IsSame(one.File, path)) is { } source)
            throw new UserErrorException($"{source.File} would be overwritten by the drawing. Name another file with --out.");
        Frame picture = new();
        pictures[deciding.Picture].Read(picture);
        Frame drawn = ExplanationPicture.Draw(picture, deciding, measures, words);
        PrivateFile.Write(path, FrameDrawing.Encode(drawn, Path.GetExtension(path)));
        if (showsWords)
        {
            ExplainView.Sketch(picture);
            Console.WriteLine($"{path}: {deciding.Name} with box, landmarks, measures and distances.");
        }

        return path;
    }
}
