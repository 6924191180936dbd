using System.Globalization;

namespace DoorAgent.Models;

/// <summary>Weights read from a folder.</summary>
/// <param name="Values">By the graph's array names.</param>
/// <param name="Unused">CSV files that belong to no array.</param>
internal sealed record OpenFaceWeights(IReadOnlyDictionary<string, float[]> Values, IReadOnlyList<string> Unused);

/// <summary>
/// Reads weights as the seed's notebook loads them (the folder 'weights' of Keras-OpenFace): one CSV file an array, numbers
/// parted by commas in the order out, in, row, column. NAME_w and NAME_b of a convolution and of the dense layer, NAME_w
/// (scale), NAME_b (shift), NAME_m (mean) and NAME_v (variance) of a batch normalisation. How the numbers are broken into lines
/// does not matter, as it does not there, if only the lines are equally long.
/// </summary>
internal static class OpenFaceCsv
{
    // A number of the published files has up to 24 characters.
    private const int MostBytesOfNumber = 64;

    // The built-in graph keeps arrays of many numbers in half precision, and marks them so.
    private const string Half = "_h";

    /// <summary>The file that holds an array.</summary>
    public static string FileOf(OnnxArray array) =>
        (array.Name.EndsWith(Half, StringComparison.Ordinal) ? array.Name[..^Half.Length] : array.Name) + ".csv";

    /// <summary>Reads every array's file.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="arrays">The graph's weights.</param>
    /// <exception cref="UserErrorException">Something is missing or wrong; the message names every file and what is wrong with it.</exception>
    public static OpenFaceWeights Read(string folder, IReadOnlyList<OnnxArray> arrays)
    {
        string[] there = FilesIn(folder), wanted = [.. arrays.Select(FileOf)];
        string[] unused = [.. there.Except(wanted, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (!wanted.Intersect(there, StringComparer.Ordinal).Any())
            throw new UserErrorException($"{folder} has none of the {arrays.Count} files that the weights are made of, such as {wanted[0]}.");
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
            [$"The weights in {folder} cannot be used, and nothing was written. Wrong are {problems.Count} of {arrays.Count} files:",
                .. Grouped([.. problems, .. unused.Select(file => (file, "belongs to no array of this network"))])]));
    }

    /// <summary>One line for each problem, with all that have it: two hundred saved web pages are one mistake.</summary>
    private static IEnumerable<string> Grouped(IReadOnlyList<(string File, string Problem)> problems) => problems
        .GroupBy(one => one.Problem, StringComparer.Ordinal)
        .Select(same => $"{string.Join(", ", same.Select(one => one.File).Order(StringComparer.Ordinal))}: {same.Key}");

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
        string shape = string.Create(CultureInfo.InvariantCulture, $"{string.Join(" x ", array.Dimensions)}{(array.Dimensions.Count > 1 ? $" = {array.Count:#,0}" : "")} numbers");
        try
        {
            FileInfo file = new(path);
            if (!file.Exists)
                return $"missing ({shape})";
            return file.Length > MostBytesOfNumber * (array.Count + 1)
                ? string.Create(CultureInfo.InvariantCulture, $"{file.Length:#,0} bytes are too many for {shape}")
                : CsvNumbers.Fill(File.ReadAllText(path), numbers, isNeverNegative: array.Name.EndsWith("_v", StringComparison.Ordinal), shape);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {failure.Message}";
        }
    }
}
