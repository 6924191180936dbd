using DoorAgent.Settings;

namespace DoorAgent.Enrolment;

/// <summary>Reads lists of people to enrol, from folders and from CSV files.</summary>
internal static class PeopleLists
{
    private const string Name = "name", Pictures = "pictures", Badge = "badge", Schedule = "schedule", From = "from", Until = "until",
        Extended = "extended", Consent = "consent", Lockdown = "lockdown", TwoPerson = "two-person", Hosts = "hosts";

    private static readonly string[] Columns = [Name, Badge, Schedule, Pictures, From, Until, Extended, Consent, Lockdown, TwoPerson, Hosts];

    /// <summary>Reads one person from each sub-folder, which has the person's name; hidden folders are ignored.</summary>
    /// <exception cref="UserErrorException">The folder cannot be read, or has no sub-folder.</exception>
    public static IReadOnlyList<PersonRow> OfFolder(string folder)
    {
        try
        {
            string[] people =
            [
                .. Directory.GetDirectories(folder).Where(path => !Path.GetFileName(path).StartsWith('.')).Order(StringComparer.Ordinal),
            ];
            return people.Length > 0
                ? [.. people.Select(path => new PersonRow(Path.GetFileName(path) + "/", Path.GetFileName(path), Path.GetFullPath(path)))]
                : throw new UserErrorException($"{folder} has no folder in it: make one for each person, "
                    + "with the person's name and pictures.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The folder {folder} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Reads one person from each line; the first line names the columns. Folders of pictures are relative to the file.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, or has the wrong form; the message names the line.</exception>
    public static IReadOnlyList<PersonRow> OfCsv(string path)
    {
        IReadOnlyList<CsvRecord> records = CsvText.Read(path);
        if (records.Count == 0)
            throw new UserErrorException($"{path} is empty. Its first line names the columns: "
                + $"{string.Join(",", Columns)}; {Name} and {Pictures} are required.");
        string[] columns = [.. records[0].Fields.Select(field => Column(path, field))];
        foreach (string needed in new[] { Name, Pictures })
        {
            if (!columns.Contains(needed))
                throw new UserErrorException($"{path} has no column '{needed}'. "
                    + $"Its first line names the columns: {string.Join(",", Columns)}.");
        }

        if (columns.Distinct().Count() < columns.Length)
            throw new UserErrorException($"{path} names a column twice in its first line.");
        string beside = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return [.. records.Skip(1).Select(record => Row(path, beside, columns, record))];
    }

    private static string Column(string path, string field) =>
        Columns.FirstOrDefault(column => column.Equals(field.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw new UserErrorException($"{path} has an unknown column '{field}'.{DidYouMean.Hint(field, Columns)}");

    private static PersonRow Row(string path, string beside, string[] columns, CsvRecord record)
    {
        if (record.Fields.Count != columns.Length)
        {
            throw new UserErrorException($"{path}, line {record.Line}: {record.Fields.Count} fields, and the first line names "
                + $"{columns.Length} columns. Put a field that contains the separator in quotes.");
        }

        string Of(string column) => Array.IndexOf(columns, column) is >= 0 and var at ? record.Fields[at].Trim() : "";
        string pictures = Of(Pictures);
        if (pictures.Contains('\0', StringComparison.Ordinal))
            throw new UserErrorException($"{path}, line {record.Line}: {Pictures} contains a character that no path contains.");
        return new PersonRow($"line {record.Line}", Of(Name), pictures.Length == 0 ? "" : Path.GetFullPath(pictures, beside))
        {
            Badges = Of(Badge),
            Schedule = Of(Schedule),
            From = Of(From),
            Until = Of(Until),
            Extended = Of(Extended),
            Consent = Of(Consent),
            Lockdown = Of(Lockdown),
            TwoPerson = Of(TwoPerson),
            Hosts = Of(Hosts),
        };
    }
}
