// IndexedDB: one database for all vaults of this browser. What stands in `sealed` is ciphertext alone; `vaults` holds
// cards and the non-extractable keys, which the browser keeps but never shows.

export interface StoredVault {
  id: string;
  label: string;
  device: string;
  foundingHash: string;
  demo: boolean;
  lastUsedAt: number;
  /** Non-extractable AES-GCM key (WebCrypto). */
  browserKey: CryptoKey;
  /** Argon2id salt; null in a demonstration, which asks no passphrase. */
  salt: Uint8Array | null;
  /** The vault key, sealed. */
  wrapped: Uint8Array;
}

const name = 'kasane';
const version = 1;

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('indexedDB'));
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('indexedDB'));
    transaction.onerror = () => reject(transaction.error ?? new Error('indexedDB'));
  });
}

export class Database {
  private constructor(private readonly database: IDBDatabase) {}

  static async open(factory: IDBFactory): Promise<Database> {
    const request = factory.open(name, version);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('vaults', { keyPath: 'id' });
      request.result.createObjectStore('sealed');
    };
    return new Database(await done(request));
  }

  vaults(): Promise<StoredVault[]> {
    return done(this.database.transaction('vaults').objectStore('vaults').getAll() as IDBRequest<StoredVault[]>);
  }

  async vault(id: string): Promise<StoredVault | null> {
    const request = this.database.transaction('vaults').objectStore('vaults').get(id) as IDBRequest<StoredVault | undefined>;
    return (await done(request)) ?? null;
  }

  async putVault(vault: StoredVault): Promise<void> {
    const transaction = this.database.transaction('vaults', 'readwrite', { durability: 'strict' });
    transaction.objectStore('vaults').put(vault);
    await finished(transaction);
  }

  /** The vault with everything sealed under it. */
  async removeVault(id: string): Promise<void> {
    const transaction = this.database.transaction(['vaults', 'sealed'], 'readwrite', { durability: 'strict' });
    transaction.objectStore('vaults').delete(id);
    transaction.objectStore('sealed').delete(rangeOf(id, ''));
    await finished(transaction);
  }

  async get(vault: string, key: string): Promise<Uint8Array | null> {
    const request = this.database.transaction('sealed').objectStore('sealed').get(`${vault}/${key}`) as IDBRequest<Uint8Array | undefined>;
    return (await done(request)) ?? null;
  }

  async put(vault: string, key: string, value: Uint8Array): Promise<void> {
    const transaction = this.database.transaction('sealed', 'readwrite', { durability: 'strict' });
    transaction.objectStore('sealed').put(value, `${vault}/${key}`);
    await finished(transaction);
  }

  async remove(vault: string, key: string): Promise<void> {
    const transaction = this.database.transaction('sealed', 'readwrite');
    transaction.objectStore('sealed').delete(`${vault}/${key}`);
    await finished(transaction);
  }

  async keys(vault: string, prefix: string): Promise<string[]> {
    const store = this.database.transaction('sealed').objectStore('sealed');
    const keys = (await done(store.getAllKeys(rangeOf(vault, prefix)))) as string[];
    return keys.map((key) => key.slice(vault.length + 1));
  }
}

function rangeOf(vault: string, prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(`${vault}/${prefix}`, `${vault}/${prefix}\uffff`);
}
