using System.Text;
using DoorAgent.Privacy;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Privacy;

public sealed class LogErasureTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"@t":"t","@mt":"Granted: {Person}","Person":"Åsa Lund","PersonId":7}""",
        """{"@t":"t","@mt":"Granted: {Person}","Person":"*********","PersonId":7}""")]
    [InlineData("""{"@mt":"{Detail}","Detail":"'ofice' of adam, Åsa Lund, nora."}""", """{"@mt":"{Detail}","Detail":"'ofice' of adam, *********, nora."}""")]
    [InlineData("""{"@mt":"{Remedy}","Remedy":"dooragent people enable Åsa Lund; Åsa Lund"}""",
        """{"@mt":"{Remedy}","Remedy":"dooragent people enable *********; *********"}""")]
    [InlineData("not JSON, but Åsa Lund is in it", "not JSON, but ********* is in it")]
    [InlineData("""{"@mt":"half a line of Åsa Lund""", """{"@mt":"half a line of *********""")]
    public void TheNameBecomesAsterisksAndTheLineKeepsItsLength(string line, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        Assert.True(new LogErasure(["Åsa Lund"], []).Erase(bytes));
        Assert.Equal(expected, Encoding.UTF8.GetString(bytes));
        Assert.False(new LogErasure(["Åsa Lund"], []).Erase(bytes));
    }

    [Theory]
    [InlineData("""{"@mt":"Door forced","Kind":"Door","Reason":"Door","Badge":"Door"}""")]
    [InlineData("""{"Door":"other","Detail":"Doors and Indoor"}""")]
    [InlineData("""{"Person":"Door Smith"}""")]
    public void TemplatesFieldsPartsOfWordsAndOtherPeoplesNamesStay(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        Assert.False(new LogErasure(["Door"], ["Door Smith", "nora"]).Erase(bytes));
        Assert.Equal(line, Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void OnlyLinesWithTheNameAreWrittenAndTheWriterGoesOnAppending()
    {
        string file = _folder.Write("log.jsonl", "{\"Person\":\"nora\"}\n{\"Person\":\"adam\"}\n{\"Detail\":\"of adam, nora.\"}\n");
        using FileStream door = new(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        LogErasure erasure = new(["adam"], []);
        Assert.Equal(2, erasure.Run(file, isDry: true));
        Assert.Equal(2, erasure.Run(file));
        door.Write("{\"Person\":\"eva\"}\n"u8);
        door.Flush();
        Assert.Equal("{\"Person\":\"nora\"}\n{\"Person\":\"****\"}\n{\"Detail\":\"of ****, nora.\"}\n{\"Person\":\"eva\"}\n",
            File.ReadAllText(file));
        Assert.Equal(0, erasure.Run(file));
    }
}
