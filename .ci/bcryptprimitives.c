/* The one function that Rust's standard library asks bcryptprimitives.dll for, which Wine before version 9 lacks:
   random bytes, from the function that older versions of Windows have for them. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(void *bytes, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(BYTE *bytes, SIZE_T length)
{
    return SystemFunction036(bytes, (ULONG)length);
}
