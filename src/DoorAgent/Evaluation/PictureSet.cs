namespace DoorAgent.Evaluation;

/// <summary>A picture of a set.</summary>
/// <param name="Name">Path relative to the set's folder, such as Aaron_Guiel/Aaron_Guiel_0001.jpg.</param>
/// <param name="Path">Path of the file.</param>
/// <param name="Person">Index of the person in <see cref="PictureSet.People"/>.</param>
internal sealed record SetPicture(string Name, string Path, int Person);

/// <summary>A picture that is counted nowhere.</summary>
/// <param name="Name">Name of the picture.</param>
/// <param name="Reason">Why not, in words.</param>
internal sealed record LeftOutPicture(string Name, string Reason);

/// <summary>Two pictures to compare.</summary>
/// <param name="One">Index of a picture in <see cref="PictureSet.Pictures"/>.</param>
/// <param name="Other">Index of another picture.</param>
/// <param name="IsMated">Whether both show one person.</param>
/// <param name="Fold">The fold that the pair belongs to, from 0.</param>
internal readonly record struct SetPair(int One, int Other, bool IsMated, int Fold);

/// <summary>The people of a set and their pictures, sorted so that the pictures of one person are neighbours. Reads no picture.</summary>
/// <param name="Folder">Absolute path of the folder that the names are relative to.</param>
/// <param name="People">Names of the people, each with at least one picture, in ordinal order.</param>
/// <param name="Pictures">The pictures, by person, then by name.</param>
internal sealed record PictureSet(string Folder, IReadOnlyList<string> People, IReadOnlyList<SetPicture> Pictures)
{
    /// <summary>The pairs of the set's pairs file, by fold; empty without one.</summary>
    public IReadOnlyList<SetPair> Pairs { get; init; } = [];

    /// <summary>Number of folds of the pairs file: 1 for a development set, 0 without pairs.</summary>
    public int Folds { get; init; }

    /// <summary>Pictures that are counted nowhere.</summary>
    public IReadOnlyList<LeftOutPicture> LeftOut { get; init; } = [];

    /// <summary>What the reader must know: one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Sorts people and pictures.</summary>
    /// <param name="folder">Path of the folder that the names are relative to.</param>
    /// <param name="pictures">Person, name and path of each picture.</param>
    public static PictureSet Of(string folder, IEnumerable<(string Person, string Name, string Path)> pictures)
    {
        (string Person, string Name, string Path)[] sorted = [.. pictures
            .OrderBy(one => one.Person, StringComparer.Ordinal).ThenBy(one => one.Name, StringComparer.Ordinal)];
        string[] people = [.. sorted.Select(one => one.Person).Distinct(StringComparer.Ordinal)];
        Dictionary<string, int> index = people.Index().ToDictionary(one => one.Item, one => one.Index, StringComparer.Ordinal);
        return new PictureSet(Path.GetFullPath(folder), people,
            [.. sorted.Select(one => new SetPicture(one.Name, one.Path, index[one.Person]))]);
    }

    /// <summary>Returns the set without some pictures; a person without a picture goes too, and so do the pairs of the pictures.</summary>
    /// <param name="reasonOf">Says in words why a picture is left out; null for a picture that stays.</param>
    public PictureSet Without(Func<SetPicture, string?> reasonOf)
    {
        LeftOutPicture[] leftOut = [.. Pictures.Select(one => (one.Name, Reason: reasonOf(one))).Where(one => one.Reason is not null)
            .Select(one => new LeftOutPicture(one.Name, one.Reason!))];
        if (leftOut.Length == 0)
            return this;
        HashSet<string> gone = [.. leftOut.Select(one => one.Name)];
        PictureSet rest = Of(Folder, Pictures.Where(one => !gone.Contains(one.Name))
            .Select(one => (People[one.Person], one.Name, one.Path)));
        Dictionary<string, int> index = rest.Pictures.Index().ToDictionary(one => one.Item.Name, one => one.Index, StringComparer.Ordinal);
        SetPair[] pairs = [.. Pairs.Where(pair => !gone.Contains(Pictures[pair.One].Name) && !gone.Contains(Pictures[pair.Other].Name))
            .Select(pair => pair with { One = index[Pictures[pair.One].Name], Other = index[Pictures[pair.Other].Name] })];
        string[] notes = Pairs.Count == pairs.Length ? []
            : [$"{Pairs.Count - pairs.Length} of {Pairs.Count} pairs are not compared, because a picture of theirs is left out."];
        return rest with { Pairs = pairs, Folds = Folds, LeftOut = [.. LeftOut, .. leftOut], Notes = [.. Notes, .. notes] };
    }
}
