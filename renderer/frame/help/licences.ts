/** The licences of everything the application consists of, made with it when it is built. Rejects with a sentence. */
export async function readLicences(): Promise<string> {
  const response = await fetch('./licences.txt').catch(() => null);
  if (!response) throw new Error('The program that shows this page does not answer; start MoE Lab again.');
  if (!response.ok)
    throw new Error(
      'This copy of MoE Lab was built without its list of licences; the file LICENSE beside it has its own.',
    );
  return response.text();
}
