using System.Globalization;
using System.Text.RegularExpressions;

namespace DoorAgent.Evaluation;

/// <summary>The folder of a class that receives recorded pictures, as CLASS/NAME-001.jpg, with their lines in the index.</summary>
internal sealed partial class RecordingFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int LongestName = 60;

    private readonly string _folder, _name, _class, _medium;
    private int _number;

    private RecordingFolder(string folder, string name, string @class, string medium, int number) =>
        (_folder, _name, _class, _medium, _number) = (folder, name, @class, medium, number);

    /// <summary>Makes the folder, readable by its owner only, and continues after the pictures of this name.</summary>
    /// <param name="folder">The set's folder.</param>
    /// <param name="name">The group: the person and sitting, or the attack.</param>
    /// <param name="class">One of <see cref="Presentation.KnownClasses"/>.</param>
    /// <param name="medium">What is held in front of the camera; empty if unknown.</param>
    /// <exception cref="UserErrorException">The name cannot be a file's name, or the folder cannot be made.</exception>
    public static RecordingFolder Open(string folder, string name, string @class, string medium)
    {
        if (!Simple().IsMatch(name) || name.Length > LongestName)
        {
            throw new UserErrorException($"'{name}' cannot be the name of a group of pictures: take letters, digits, hyphens and "
                + $"underscores, at most {LongestName}, such as anna-1 or phone-anna.");
        }

        string path = Path.Combine(folder, @class);
        try
        {
            Directory.CreateDirectory(folder, OwnerOnly);
            Directory.CreateDirectory(path, OwnerOnly);
            int last = Directory.EnumerateFiles(path).Select(file => Numbered().Match(Path.GetFileNameWithoutExtension(file)))
                .Where(match => match.Success && match.Groups[1].Value == name)
                .Select(match => int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();
            return new RecordingFolder(folder, name, @class, medium, last);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The folder {path} cannot be used: {failure.Message}", failure);
        }
    }

    /// <summary>Adds a picture with its line in the index.</summary>
    /// <param name="write">Writes the file with the path that it is given.</param>
    /// <exception cref="UserErrorException">The index cannot be written.</exception>
    public void Add(Action<string> write)
    {
        _number++;
        string name = Path.Combine(_class, string.Create(CultureInfo.InvariantCulture, $"{_name}-{_number:000}.jpg"));
        string path = Path.Combine(_folder, name);
        write(path);
        PresentationIndex.Append(_folder, new Presentation(_class, name, [path], IsClip: false) { Group = _name, Medium = _medium });
    }

    [GeneratedRegex(@"^[\p{L}\p{Nd}_][\p{L}\p{M}\p{Nd}_-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Simple();

    [GeneratedRegex(@"^(.+)-([0-9]{1,6})$", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();
}
