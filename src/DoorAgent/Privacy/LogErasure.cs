using System.Text;
using System.Text.Json;

namespace DoorAgent.Privacy;

/// <summary>
/// Erases names in the log's files (a JSON object per line): each byte of a name becomes an asterisk, in place. So the file keeps its
/// length, a running door goes on appending to it, and an interruption leaves whole lines; doing it again does the rest. Field names, kinds
/// and message templates stay, also where somebody is called like one of their words.
/// </summary>
internal sealed class LogErasure
{
    private const byte Erased = (byte)'*';

    private static readonly HashSet<string> Words = ["@t", "@mt", "@l", "@i", "Kind", "Reason", "Badge", "Encoder"];

    private readonly byte[][] _names, _others;

    /// <param name="names">The names; a longer one that contains a shorter one is erased whole.</param>
    /// <param name="others">Names of other people, which stay whole: "Anna" is not erased within "Anna Lee".</param>
    public LogErasure(IEnumerable<string> names, IEnumerable<string> others)
    {
        _names = [.. names.Where(name => name.Length > 0).Distinct().OrderByDescending(name => name.Length).Select(Encoding.UTF8.GetBytes)];
        _others = [.. others.Distinct().Select(Encoding.UTF8.GetBytes).Where(other => _names.Any(name =>
            other.AsSpan().IndexOf(name) >= 0))];
    }

    /// <summary>Erases the names in a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isDry">Whether lines are only counted.</param>
    /// <returns>The number of lines with a name.</returns>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not do that.</exception>
    public int Run(string file, bool isDry = false)
    {
        byte[] all;
        using (FileStream reading = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            all = new byte[reading.Length];
            reading.ReadExactly(all);
        }

        using FileStream? writing = isDry ? null : new FileStream(file, FileMode.Open, FileAccess.Write,
            FileShare.ReadWrite | FileShare.Delete);
        int lines = 0;
        for (int start = 0, end; start < all.Length; start = end + 1)
        {
            end = Array.IndexOf(all, (byte)'\n', start) is >= 0 and var found ? found : all.Length;
            if (!Erase(all.AsSpan(start, end - start)))
                continue;
            lines++;
            if (writing is null)
                continue;
            writing.Position = start;
            writing.Write(all.AsSpan(start, end - start));
        }

        writing?.Flush(flushToDisk: true);
        return lines;
    }

    /// <summary>Erases the names in a line.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Erase(Span<byte> line)
    {
        bool hasName = false;
        foreach (byte[] name in _names)
            hasName |= line.IndexOf(name) >= 0;
        bool isChanged = false;
        foreach (Range value in hasName ? ValuesOf(line) : [])
            isChanged |= EraseIn(line[value]);
        return isChanged;
    }

    private bool EraseIn(Span<byte> text)
    {
        List<(int Start, int End)> kept = [];
        foreach (byte[] other in _others)
            kept.AddRange(Places(text, other));
        bool isChanged = false;
        foreach (byte[] name in _names)
        {
            foreach ((int start, int end) in Places(text, name))
            {
                if (kept.Exists(other => other.Start <= start && end <= other.End))
                    continue;
                text[start..end].Fill(Erased);
                isChanged = true;
            }
        }

        return isChanged;
    }

    private static List<(int Start, int End)> Places(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        List<(int, int)> places = [];
        for (int from = 0; NameSearch.IndexOf(text, name, from) is >= 0 and var at; from = at + name.Length)
            places.Add((at, at + name.Length));
        return places;
    }

    /// <summary>Returns where the values stand that may contain a name; all of a line that is not JSON.</summary>
    private static List<Range> ValuesOf(ReadOnlySpan<byte> line)
    {
        List<Range> values = [];
        try
        {
            Utf8JsonReader reader = new(line);
            string? property = null;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                    property = reader.GetString();
                else if (reader.TokenType == JsonTokenType.String && !Words.Contains(property ?? ""))
                    values.Add((int)reader.TokenStartIndex..(int)reader.BytesConsumed);
            }

            return values;
        }
        catch (JsonException)
        {
            return [Range.All];
        }
    }
}
