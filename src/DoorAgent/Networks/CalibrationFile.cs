using System.Text.Json;
using System.Text.Json.Serialization;

namespace DoorAgent.Networks;

/// <summary>A calibration table as 'dooragent calibrate --dataset' writes it into a file, with what it was measured on.</summary>
/// <param name="Encoder">Id of the encoder.</param>
/// <param name="EncoderSha256">The encoder's digest: the table holds for these numbers only.</param>
/// <param name="Detector">Id of the detector.</param>
/// <param name="Rule">Name of the <see cref="ComparisonRule"/>.</param>
/// <param name="Rows">Rates and distances, the largest rate first.</param>
/// <param name="MeasuredOn">The pictures, in words.</param>
/// <param name="DatasetSha256">SHA-256 over the pictures' names and digests.</param>
/// <param name="Pictures">Number of pictures with a face.</param>
/// <param name="People">Number of people with such a picture.</param>
/// <param name="Comparisons">Number of comparisons of two people.</param>
/// <param name="Made">The day of the measurement.</param>
internal sealed record CalibrationFile(string Encoder, string EncoderSha256, string Detector, string Rule, CalibrationRow[] Rows,
    string MeasuredOn, string DatasetSha256, int Pictures, int People, long Comparisons, DateOnly Made)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
    };

    /// <summary>The detector's digest. Tables made before a second detector was built in have none.</summary>
    public string? DetectorSha256 { get; init; }

    /// <summary>The table as an entry of the catalogue.</summary>
    /// <param name="catalogue">The embedded entries.</param>
    public CalibrationEntry ToEntry(IReadOnlyList<CatalogueEntry> catalogue) =>
        new(DetectorIn(catalogue)?.Id ?? Detector, Rule, Rows) { MeasuredOn = MeasuredOn, Comparisons = Comparisons };

    /// <summary>Returns the detector that the table was measured with, which an earlier version may have had built in under the table's
    /// name; null for an unknown one.</summary>
    /// <param name="catalogue">The embedded entries.</param>
    public CatalogueEntry? DetectorIn(IReadOnlyList<CatalogueEntry> catalogue)
    {
        // The first that was built in stands before those after it, and they stand before today's.
        CatalogueEntry[] named = [.. catalogue.Where(entry => entry.Task == ModelTask.Detector
            && (entry.Id == Detector || entry.Formerly == Detector)).OrderBy(entry => entry.Formerly is null)];
        return DetectorSha256 is null ? named.FirstOrDefault() : named.FirstOrDefault(entry => entry.Sha256 == DetectorSha256);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="InvalidDataException">The text is not a calibration table; the message says why.</exception>
    public static CalibrationFile Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            CalibrationFile read = JsonSerializer.Deserialize<CalibrationFile>(text, Json) ?? throw new JsonException("it is empty.");
            if (ComparisonRule.Parse(read.Rule) is null)
                throw new JsonException($"'{read.Rule}' is not the name of a rule of comparison.");
            return read.Rows.Any(row => !row.IsEstimate) ? read : throw new JsonException("it has no measured row.");
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException(failure.Message, failure);
        }
    }

    /// <summary>Writes the text of a file.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);
}
