using DoorAgent.Diagnostics.Checks;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class LibrariesCheckTests
{
    [Fact]
    public async Task WhereTestsRunTheyLoad()
    {
        using SomeDoor door = new();
        (await door.FindAsync<LibrariesCheck>()).AreAllOk();
    }
}
