using System.Globalization;

namespace DoorAgent.Models;

/// <summary>Weights that were read from a folder.</summary>
/// <param name="Values">Values by array name.</param>
/// <param name="Unused">CSV files that belong to no array.</param>
internal sealed record OpenFaceWeights(IReadOnlyDictionary<string, float[]> Values, IReadOnlyList<string> Unused);

/// <summary>
/// Reads weights in the format of the seed's notebook (the folder 'weights' of Keras-OpenFace): one CSV file per array, numbers
/// separated by commas in the order out, in, row, column. A convolution and the dense layer have NAME_w and NAME_b; a batch
/// normalisation has NAME_w (scale), NAME_b (shift), NAME_m (mean) and NAME_v (variance). Line breaks are insignificant, but all lines
/// of a file must have the same number of values.
/// </summary>
internal static class OpenFaceCsv
{
    // A number in the published files has up to 24 characters.
    private const int MaxBytesPerNumber = 64;

    // The built-in graph stores large arrays in half precision and marks them by this suffix.
    private const string Half = "_h";

    /// <summary>Returns the name of an array's file.</summary>
    public static string FileOf(OnnxArray array) =>
        (array.Name.EndsWith(Half, StringComparison.Ordinal) ? array.Name[..^Half.Length] : array.Name) + ".csv";

    /// <summary>Reads the files of all arrays.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="arrays">The graph's weight arrays.</param>
    /// <exception cref="UserErrorException">A file is missing or wrong; the message names every such file and its problem.</exception>
    public static OpenFaceWeights Read(string folder, IReadOnlyList<OnnxArray> arrays)
    {
        string[] found = FilesIn(folder), expected = [.. arrays.Select(FileOf)];
        string[] unused = [.. found.Except(expected, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (!expected.Intersect(found, StringComparer.Ordinal).Any())
            throw new UserErrorException($"{folder} has none of the {arrays.Count} files of the weights, such as {expected[0]}.");
        Dictionary<string, float[]> values = [];
        List<(string File, string Problem)> problems = [];
        foreach (OnnxArray array in arrays)
        {
            if (Problem(Path.Combine(folder, FileOf(array)), array, out float[] numbers) is { } problem)
                problems.Add((FileOf(array), problem));
            else
                values.Add(array.Name, numbers);
        }

        if (problems.Count == 0)
            return new OpenFaceWeights(values, unused);
        throw new UserErrorException(string.Join(Environment.NewLine + "  ",
            [$"The weights in {folder} cannot be used, and nothing was written. {problems.Count} of {arrays.Count} files are wrong:",
                .. Grouped([.. problems, .. unused.Select(file => (file, "belongs to no array of this network"))])]));
    }

    /// <summary>Makes one line per problem with all affected files: two hundred saved web pages are one mistake.</summary>
    private static IEnumerable<string> Grouped(IReadOnlyList<(string File, string Problem)> problems) => problems
        .GroupBy(problem => problem.Problem, StringComparer.Ordinal)
        .Select(group => $"{string.Join(", ", group.Select(problem => problem.File).Order(StringComparer.Ordinal))}: {group.Key}");

    private static string[] FilesIn(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserErrorException($"There is no folder {folder} with weights in it.");
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*.csv").Select(path => Path.GetFileName(path))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The weights cannot be read: {failure.Message}", failure);
        }
    }

    private static string? Problem(string path, OnnxArray array, out float[] numbers)
    {
        numbers = new float[array.Count];
        string product = array.Dimensions.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" = {array.Count:#,0}") : "";
        string shape = $"{string.Join(" x ", array.Dimensions)}{product} numbers";
        try
        {
            FileInfo file = new(path);
            if (!file.Exists)
                return $"missing ({shape})";
            bool isVariance = array.Name.EndsWith("_v", StringComparison.Ordinal);
            return file.Length > MaxBytesPerNumber * (array.Count + 1)
                ? string.Create(CultureInfo.InvariantCulture, $"{file.Length:#,0} bytes are too many for {shape}")
                : CsvNumbers.Fill(File.ReadAllText(path), numbers, isNeverNegative: isVariance, shape);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {failure.Message}";
        }
    }
}
