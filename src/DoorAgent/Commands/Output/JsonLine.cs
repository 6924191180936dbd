using System.Text.Encodings.Web;
using System.Text.Json;

namespace DoorAgent.Commands.Output;

/// <summary>An answer for programs: one line of JSON on the output, names in camel case.</summary>
internal static class JsonLine
{
    // For a terminal and for programs, never inside a web page: an apostrophe stays one, and a name its letters, whatever their script.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write<T>(T answer) => Console.WriteLine(Of(answer));

    internal static string Of<T>(T answer) => JsonSerializer.Serialize(answer, Json);
}
