namespace DoorAgent.Evaluation;

/// <summary>A file that leaves pictures out: on each line a picture's name, a tab or two spaces, and the reason. Empty lines and lines that
/// begin with # are comments.</summary>
internal static class LeftOutList
{
    /// <summary>The name of the list of LFW's wrong names, which is part of the program.</summary>
    public const string LfwErrata = "builtin:lfw-errata";

    private static readonly string[] Gaps = ["\t", "  "];

    /// <summary>Reads the list.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, or a line is wrong; the message has its number.</exception>
    public static IReadOnlyList<LeftOutPicture> Read(string path)
    {
        try
        {
            return [.. Lines(path).Index().Where(line => line.Item.Trim() is { Length: > 0 } text && text[0] != '#')
                .Select(line => Parse(path, line.Index + 1, line.Item.Trim()))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The list {path} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Leaves the pictures of a list out of a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="list">The pictures, by name as in the set, with or without the extension.</param>
    /// <returns>The rest, with a note that names what the set does not have.</returns>
    public static PictureSet Apply(PictureSet set, IReadOnlyList<LeftOutPicture> list)
    {
        Dictionary<string, string> reasons = [];
        foreach (LeftOutPicture one in list)
            reasons.TryAdd(one.Name, one.Reason);
        HashSet<string> used = [];
        PictureSet rest = set.Without(ReasonOf);
        string[] unknown = [.. reasons.Keys.Where(name => !used.Contains(name))];
        return unknown.Length == 0 ? rest : rest with
        {
            Notes = [.. rest.Notes, $"{unknown.Length} of the {reasons.Count} pictures to leave out are not in this set: "
                + string.Join(", ", unknown.Take(3)) + (unknown.Length > 3 ? ", and others." : ".")],
        };

        string? ReasonOf(SetPicture picture)
        {
            string stem = Path.ChangeExtension(picture.Name, null);
            string? name = reasons.ContainsKey(picture.Name) ? picture.Name : reasons.ContainsKey(stem) ? stem : null;
            if (name is null)
                return null;
            used.Add(name);
            return reasons[name];
        }
    }

    private static IEnumerable<string> Lines(string path)
    {
        if (path != LfwErrata)
            return File.ReadLines(path);
        using StreamReader reader = new(typeof(LeftOutList).Assembly.GetManifestResourceStream("lfw-errata.txt")!);
        return reader.ReadToEnd().Split('\n');
    }

    private static LeftOutPicture Parse(string path, int line, string text) =>
        text.Split(Gaps, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var name, var reason]
            ? new LeftOutPicture(name, reason)
            : throw new UserErrorException($"{path}, line {line}: '{text}' has no reason. Write the picture's name, such as "
                + "Anna/Anna_0001.jpg, a tab, and why the picture is left out.");
}
