using Serilog;

namespace DoorAgent.Settings;

/// <summary>Builds the logger that section Serilog describes, without opening its files, to see whether the section can be used.</summary>
internal static class SerilogTrial
{
    private const string Audit = "AuditTo";
    private const string Rolls = "rollOnFileSizeLimit";

    /// <summary>Why the logger cannot be built; null when it can.</summary>
    public static string? Failure(IConfiguration settings)
    {
        try
        {
            SerilogReading.Read(new LoggerConfiguration(), SerilogReading.Part(settings, _ => true, WithoutFiles));
            return null;
        }
        catch (UserErrorException failure)
        {
            return failure.Message;
        }
    }

    // A rolling file is opened by its first line only, and every audit sink can also be used as an ordinary one.
    private static IEnumerable<KeyValuePair<string, string?>> WithoutFiles(KeyValuePair<string, string?> pair)
    {
        string[] words = pair.Key.Split(':');
        for (int i = 0; i + 1 < words.Length; i++)
        {
            if (words[i].Equals(Audit, StringComparison.OrdinalIgnoreCase))
                (words[i], words[i + 1]) = ("WriteTo", $"{Audit}{words[i + 1]}");
        }

        if (words[^1].Equals(Rolls, StringComparison.OrdinalIgnoreCase))
            yield break;
        yield return new(string.Join(':', words), pair.Value);
        if (pair.Key.EndsWith(":Args:path", StringComparison.OrdinalIgnoreCase))
            yield return new(string.Join(':', words[..^1].Append(Rolls)), bool.TrueString);
    }
}
