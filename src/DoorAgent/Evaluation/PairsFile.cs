using System.Globalization;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Evaluation;

/// <summary>
/// Reads a file of pairs in LFW's format. The first line is the number of pairs of one person, which are followed by as many of two
/// people (pairsDevTest.txt); or the number of folds and this number, for each fold (pairs.txt). A line NAME 1 2 compares two pictures of a
/// person, a line NAME 1 OTHER 2 pictures of two people; picture 1 of NAME is NAME/NAME_0001.jpg.
/// </summary>
internal sealed class PairsFile
{
    private readonly string _path;
    private readonly IReadOnlyList<Line> _lines;

    private PairsFile(string path, int folds, IReadOnlyList<Line> lines) => (_path, Folds, _lines) = (path, folds, lines);

    public int Folds { get; }

    /// <summary>Reads the lines; looks for no picture.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, or a line is wrong; the message has its number.</exception>
    public static PairsFile Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The pairs file {path} cannot be read: {failure.Message}", failure);
        }

        (int folds, int count) = lines.Length == 0 ? (0, 0) : Words(lines[0]) switch
        {
            [var only] => (1, Number(only)),
            [var first, var second] => (Number(first), Number(second)),
            _ => (0, 0),
        };
        if (folds < 1 || count < 1)
        {
            throw Wrong(path, 1, "it must be the number of pairs of one person, such as 500, or the number of folds and this number, such "
                + "as '10 300'");
        }

        List<Line> pairs = [];
        foreach ((int index, string text) in lines.Index().Skip(1))
        {
            if (!string.IsNullOrWhiteSpace(text))
                pairs.Add(Parse(path, index + 1, text, Math.Min(pairs.Count / (2 * count), folds - 1)));
        }

        for (int fold = 0; fold < folds; fold++)
        {
            int mated = pairs.Count(pair => pair.Fold == fold && pair.IsMated), nonMated = pairs.Count(pair => pair.Fold == fold) - mated;
            if (mated != count || nonMated != count)
            {
                throw Wrong(path, 1, $"it promises {count} pairs of one person and {count} of two in each fold; fold {fold + 1} has "
                    + $"{mated} and {nonMated}");
            }
        }

        return new PairsFile(path, folds, pairs);
    }

    /// <summary>Finds the pictures.</summary>
    /// <param name="folder">The folder with a folder for each person.</param>
    /// <returns>A set of only the pictures that a pair names.</returns>
    /// <exception cref="UserErrorException">A picture is missing; the message has the line's number.</exception>
    public PictureSet In(string folder)
    {
        Dictionary<string, (string Person, string Name, string Path)> found = [];
        foreach (Line line in _lines)
        {
            foreach (Side side in line.Sides)
            {
                if (found.ContainsKey(side.Stem))
                    continue;
                string name = PictureFile.Extensions.Select(end => side.Stem + end)
                    .FirstOrDefault(one => File.Exists(Path.Combine(folder, one)))
                    ?? throw Missing(line, side, folder);
                found.Add(side.Stem, (side.Person, name, Path.Combine(folder, name)));
            }
        }

        return Among(PictureSet.Of(folder, found.Values));
    }

    /// <summary>Finds the pictures among those of a larger set.</summary>
    /// <returns>The larger set with the pairs.</returns>
    /// <exception cref="UserErrorException">A picture is missing; the message has the line's number.</exception>
    public PictureSet Among(PictureSet pictures)
    {
        ILookup<string, int> index = pictures.Pictures.Index().ToLookup(one => Path.ChangeExtension(one.Item.Name, null), one => one.Index);
        return pictures with { Folds = Folds, Pairs = [.. _lines.Select(PairOf)] };

        SetPair PairOf(Line line) => new(IndexOf(line, line.One), IndexOf(line, line.Other), line.IsMated, line.Fold);

        int IndexOf(Line line, Side side) =>
            index[side.Stem].Cast<int?>().FirstOrDefault() ?? throw Missing(line, side, pictures.Folder);
    }

    private static Line Parse(string path, int number, string text, int fold)
    {
        (Side one, Side other) = Words(text) switch
        {
            [var name, var first, var second] => (Of(name, first), Of(name, second)),
            [var name, var first, var otherName, var second] => (Of(name, first), Of(otherName, second)),
            _ => throw Wrong(path, number, $"'{text.Trim()}' is neither NAME 1 2 nor NAME 1 OTHER 2"),
        };
        bool isMated = Words(text).Length == 3;
        if (one == other)
            throw Wrong(path, number, "it compares a picture with itself");
        return isMated || one.Person != other.Person ? new Line(number, one, other, isMated, fold)
            : throw Wrong(path, number, $"it names {one.Person} as two people");

        Side Of(string name, string picture)
        {
            int value = Number(picture);
            if (value < 1)
                throw Wrong(path, number, $"'{picture}' is not the number of a picture, from 1 to 9999");
            if (name.Contains('/') || name.StartsWith('.'))
                throw Wrong(path, number, $"'{name}' is not the name of a person's folder");
            return new Side(name, value);
        }
    }

    /// <summary>Splits at tabs; without a tab, at spaces.</summary>
    private static string[] Words(string line) => line.Trim().Split(line.Trim().Contains('\t') ? '\t' : ' ',
        StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= 9999 ? value : 0;

    private UserErrorException Missing(Line line, Side side, string folder) => Wrong(_path, line.Number,
        $"there is no picture {side.Stem}{PictureFile.Extensions[0]} in {folder}");

    private static UserErrorException Wrong(string path, int line, string why) =>
        new($"{path}, line {line}: {why}. Nothing was compared.");

    /// <summary>One picture of a pair.</summary>
    private readonly record struct Side(string Person, int Number)
    {
        /// <summary>The picture's name without its extension.</summary>
        public string Stem => string.Create(CultureInfo.InvariantCulture, $"{Person}/{Person}_{Number:0000}");
    }

    private sealed record Line(int Number, Side One, Side Other, bool IsMated, int Fold)
    {
        public IEnumerable<Side> Sides => [One, Other];
    }
}
