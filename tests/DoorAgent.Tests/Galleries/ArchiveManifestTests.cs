using System.Text;
using System.Text.Json;
using DoorAgent.Galleries;

namespace DoorAgent.Tests.Galleries;

public sealed class ArchiveManifestTests
{
    [Theory]
    [InlineData("""{ "format": 1, "sha256": "\ud800" }""")]
    [InlineData("""{ "\udc00": 1 }""")]
    [InlineData("""{ "format": 1, "encoder": { "name": "\ud800" } }""")]
    [InlineData("null")]
    public void InvalidTextIsAJsonException(string json) =>
        Assert.Throws<JsonException>(() => ArchiveManifest.Parse(Encoding.UTF8.GetBytes(json)));
}
