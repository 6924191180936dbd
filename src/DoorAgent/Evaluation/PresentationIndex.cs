using System.Text;

namespace DoorAgent.Evaluation;

/// <summary>
/// The optional file <c>index.tsv</c> of a set: tab-separated, with a first line of column names. Known columns: <c>file</c> (path relative
/// to the folder, required), <c>class</c>, <c>medium</c>, <c>group</c>, <c>stretched</c> (yes or no); others are kept as they are.
/// </summary>
internal sealed class PresentationIndex
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "index.tsv";

    private const string FileColumn = "file", GroupColumn = "group", MediumColumn = "medium", StretchedColumn = "stretched";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly string[] NewColumns = [FileColumn, "class", MediumColumn, GroupColumn, StretchedColumn];
    private static readonly string[] Yes = ["yes", "true", "1", StretchedColumn];
    private static readonly UTF8Encoding Text = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    private readonly string[] _columns;
    private readonly Dictionary<string, string[]> _rows;
    private readonly string? _stretchedWord;

    private PresentationIndex(string[] columns, Dictionary<string, string[]> rows, string? stretchedWord) =>
        (_columns, _rows, _stretchedWord) = (columns, rows, stretchedWord);

    /// <summary>Names of the files in the index.</summary>
    public IEnumerable<string> Names => _rows.Keys;

    /// <summary>Reads the index of a folder; one that does not exist is empty.</summary>
    /// <param name="folder">The set's folder.</param>
    /// <param name="stretchedWord">A text that also marks a line as stretched, in whatever column it stands; null for none.</param>
    /// <exception cref="UserErrorException">The file cannot be read, or has no column <c>file</c>.</exception>
    public static PresentationIndex Read(string folder, string? stretchedWord = null)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return new PresentationIndex(NewColumns, [], stretchedWord);
        try
        {
            Dictionary<string, string[]> rows = [];
            string[]? columns = null;
            int file = 0;
            foreach (string line in File.ReadLines(path).Where(line => line.Trim().Length > 0))
            {
                string[] cells = [.. line.Split('\t').Select(cell => cell.Trim())];
                if (columns is not null)
                {
                    if (file < cells.Length)
                        rows[cells[file]] = cells;
                    continue;
                }

                columns = cells;
                file = Array.IndexOf(columns, FileColumn);
                if (file < 0)
                    throw new UserErrorException($"{path} has no column named '{FileColumn}'. Its first line must name the columns, "
                        + $"separated by tabs: {string.Join(", ", NewColumns)}; only '{FileColumn}' is required.");
            }

            return new PresentationIndex(columns ?? NewColumns, rows, stretchedWord);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Returns a presentation with what the index says about it; a clip is described by its own line or by that of its first
    /// picture.</summary>
    public Presentation Describe(Presentation presentation)
    {
        string first = Path.Combine(presentation.Name, Path.GetFileName(presentation.Files[0]));
        return !_rows.TryGetValue(presentation.Name, out string[]? cells) && !_rows.TryGetValue(first, out cells) ? presentation
            : presentation with
            {
                Group = Cell(cells, GroupColumn) is { Length: > 0 } group ? group : presentation.Group,
                Medium = Cell(cells, MediumColumn),
                IsStretched = IsStretched(cells),
            };
    }

    /// <summary>Appends a line, with the columns of the existing file. A new file can be read by its owner only.</summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static void Append(string folder, Presentation presentation)
    {
        string path = Path.Combine(folder, FileName);
        PresentationIndex index = Read(folder);
        string line = string.Join('\t', index._columns.Select(column => column switch
        {
            FileColumn => presentation.Name,
            "class" => presentation.Class,
            GroupColumn => presentation.Group,
            MediumColumn => presentation.Medium,
            StretchedColumn => presentation.IsStretched ? "yes" : "no",
            _ => "",
        }));
        try
        {
            using FileStream file = new(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, UnixCreateMode = OwnerOnly,
            });
            string head = file.Length == 0 ? string.Join('\t', index._columns) + "\n" : EndsWithoutLineFeed(file) ? "\n" : "";
            file.Seek(0, SeekOrigin.End);
            file.Write(Text.GetBytes($"{head}{line}\n"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be written: {failure.Message}", failure);
        }
    }

    private static bool EndsWithoutLineFeed(FileStream file)
    {
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }

    private string Cell(string[] cells, string column) =>
        Array.IndexOf(_columns, column) is >= 0 and var at && at < cells.Length ? cells[at] : "";

    /// <summary>A line is stretched by its own column, by the word in its medium or kind, or by the text that the user named.</summary>
    private bool IsStretched(string[] cells) =>
        Yes.Contains(Cell(cells, StretchedColumn), StringComparer.OrdinalIgnoreCase)
        || Cell(cells, MediumColumn).Contains(StretchedColumn, StringComparison.OrdinalIgnoreCase)
        || Cell(cells, "kind").Contains(StretchedColumn, StringComparison.OrdinalIgnoreCase)
        || (_stretchedWord is { } word && cells.Any(cell => cell.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
