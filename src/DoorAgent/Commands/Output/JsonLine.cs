using System.Text.Encodings.Web;
using System.Text.Json;

namespace DoorAgent.Commands.Output;

/// <summary>Prints an answer for programs: one line of JSON on the output, names in camel case.</summary>
internal static class JsonLine
{
    // The output is never part of a web page, so apostrophes and the letters of every script are written as they are.
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write<T>(T answer) => Console.WriteLine(Of(answer));

    internal static string Of<T>(T answer) => JsonSerializer.Serialize(answer, Json);
}
